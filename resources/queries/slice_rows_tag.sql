-- scans tag: of a slice, all of it
SELECT * FROM tag ORDER BY id;
