-- scans device: of a slice, all of it
SELECT * FROM device ORDER BY id;
