-- scans agent: of a slice, all of it
SELECT
    id, seq, created_seq, channel, uuid, name, role, on_duty, disabled
FROM agent ORDER BY id;
