INSERT INTO main.workspace_setting (
    id, seq, created_seq, channel, name, value
) SELECT
    id, seq, created_seq, channel, name, value
FROM slice.workspace_setting WHERE true ORDER BY id
ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, name = excluded.name,
    value = excluded.value
WHERE excluded.seq > workspace_setting.seq - :again;
