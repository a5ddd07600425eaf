-- scans journal: of a slice, all of it
SELECT
    id, seq, created_seq, channel, action, at, agent, device, device_number, kind, conversation, message,
    before, after
FROM journal ORDER BY id;
