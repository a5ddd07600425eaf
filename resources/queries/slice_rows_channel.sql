-- scans channel: of a slice, all of it
SELECT * FROM channel ORDER BY id;
