-- scans macro: of a slice, all of it
SELECT * FROM macro ORDER BY id;
