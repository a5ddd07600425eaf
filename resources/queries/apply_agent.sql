INSERT INTO agent (
    id, seq, created_seq, channel, uuid, name, role, on_duty, disabled, open_limit
) VALUES (
    :id, :seq, :created_seq, :channel, :uuid, :name, :role, :on_duty, :disabled, :open_limit
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, uuid = excluded.uuid,
    name = excluded.name, role = excluded.role, on_duty = excluded.on_duty, disabled = excluded.disabled,
    open_limit = excluded.open_limit;
