-- scans message: of a slice, all of it
SELECT * FROM message ORDER BY id;
