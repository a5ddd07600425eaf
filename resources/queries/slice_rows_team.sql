-- scans team: of a slice, all of it
SELECT
    id, seq, created_seq, channel, uuid, name
FROM team ORDER BY id;
