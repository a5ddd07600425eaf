-- scans device: of a slice, all of it
SELECT
    id, seq, created_seq, channel, uuid, agent, last_action
FROM device ORDER BY id;
