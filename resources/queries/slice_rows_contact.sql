-- scans contact: of a slice, all of it
SELECT
    id, seq, created_seq, channel, merged_into
FROM contact ORDER BY id;
