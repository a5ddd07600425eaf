INSERT INTO saved_reply (
    id, seq, created_seq, channel, uuid, name, text
) VALUES (
    :id, :seq, :created_seq, :channel, :uuid, :name, :text
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, uuid = excluded.uuid,
    name = excluded.name, text = excluded.text
WHERE excluded.seq > saved_reply.seq - :again;
