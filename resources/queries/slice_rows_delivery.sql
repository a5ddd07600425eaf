-- scans delivery: of a slice, all of it
SELECT * FROM delivery ORDER BY id;
