-- scans tag: of a slice, all of it
SELECT
    id, seq, created_seq, channel, uuid, name
FROM tag ORDER BY id;
