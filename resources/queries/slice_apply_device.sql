INSERT INTO main.device (
    id, seq, created_seq, channel, uuid, agent, last_action
) SELECT
    id, seq, created_seq, channel, uuid, agent, last_action
FROM slice.device WHERE true ORDER BY id
ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, uuid = excluded.uuid,
    agent = excluded.agent, last_action = excluded.last_action
WHERE excluded.seq > device.seq - :again;
