INSERT INTO macro (
    id, seq, created_seq, channel, uuid, name, key, steps
) VALUES (
    :id, :seq, :created_seq, :channel, :uuid, :name, :key, :steps
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, uuid = excluded.uuid,
    name = excluded.name, key = excluded.key, steps = excluded.steps
WHERE excluded.seq > macro.seq - :again;
