INSERT INTO note_mention (id, seq, created_seq, channel, message, conversation, agent)
SELECT :id, :seq, :seq, channel, :message, id, :agent FROM conversation WHERE id = :conversation
ON CONFLICT (message, agent) DO UPDATE SET seq = excluded.seq;
