-- scans message_version: of a slice, all of it
SELECT
    id, seq, created_seq, channel, message, replaced_at, text
FROM message_version ORDER BY id;
