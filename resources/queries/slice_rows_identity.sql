-- scans identity: of a slice, all of it
SELECT * FROM identity ORDER BY id;
