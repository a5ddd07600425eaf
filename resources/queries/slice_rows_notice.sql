-- scans notice: of a slice, all of it
SELECT * FROM notice ORDER BY id;
