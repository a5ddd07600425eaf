INSERT INTO team (
    id, seq, created_seq, channel, uuid, name
) VALUES (
    :id, :seq, :created_seq, :channel, :uuid, :name
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, uuid = excluded.uuid,
    name = excluded.name
WHERE excluded.seq > team.seq - :again;
