-- scans media: of a slice, all of it
SELECT * FROM media ORDER BY id;
