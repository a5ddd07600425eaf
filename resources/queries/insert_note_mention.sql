INSERT INTO note_mention (seq, created_seq, channel, message, conversation, agent)
SELECT :seq, :seq, channel, :message, id, :agent FROM conversation WHERE id = :conversation
ON CONFLICT (message, agent) DO UPDATE SET seq = excluded.seq;
