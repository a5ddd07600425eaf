-- scans macro: of a slice, all of it
SELECT
    id, seq, created_seq, channel, uuid, name, key, steps
FROM macro ORDER BY id;
