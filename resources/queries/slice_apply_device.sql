INSERT INTO device (
    id, seq, created_seq, channel, uuid, agent, last_action
) VALUES (
    :id, :seq, :created_seq, :channel, :uuid, :agent, :last_action
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, uuid = excluded.uuid,
    agent = excluded.agent, last_action = excluded.last_action
WHERE excluded.seq > device.seq - :again;
