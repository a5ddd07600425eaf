INSERT INTO workspace_setting (
    id, seq, created_seq, channel, name, value
) VALUES (
    :id, :seq, :created_seq, :channel, :name, :value
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, name = excluded.name,
    value = excluded.value
WHERE excluded.seq > workspace_setting.seq - :again;
