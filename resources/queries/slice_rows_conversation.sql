-- scans conversation: of a slice, all of it
SELECT * FROM conversation ORDER BY id;
