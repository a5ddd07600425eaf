-- scans contact: of a slice, all of it
SELECT * FROM contact ORDER BY id;
