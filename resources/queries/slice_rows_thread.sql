-- scans thread: of a slice, all of it
SELECT * FROM thread ORDER BY id;
