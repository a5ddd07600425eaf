INSERT INTO note_mention (
    id, seq, created_seq, channel, message, conversation, agent
) VALUES (
    :id, :seq, :created_seq, :channel, :message, :conversation, :agent
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel,
    message = excluded.message, conversation = excluded.conversation, agent = excluded.agent
WHERE excluded.seq > note_mention.seq - :again;
