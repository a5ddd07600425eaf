INSERT INTO main.note_mention (
    id, seq, created_seq, channel, message, conversation, agent
) SELECT
    id, seq, created_seq, channel, message, conversation, agent
FROM slice.note_mention WHERE true ORDER BY id
ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel,
    message = excluded.message, conversation = excluded.conversation, agent = excluded.agent
WHERE excluded.seq > note_mention.seq - :again;
