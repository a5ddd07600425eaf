-- scans journal: of a slice, all of it
SELECT * FROM journal ORDER BY id;
