-- scans saved_reply: of a slice, all of it
SELECT * FROM saved_reply ORDER BY id;
