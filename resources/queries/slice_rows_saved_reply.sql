-- scans saved_reply: of a slice, all of it
SELECT
    id, seq, created_seq, channel, uuid, name, text
FROM saved_reply ORDER BY id;
