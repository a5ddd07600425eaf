-- scans agent: of a slice, all of it
SELECT * FROM agent ORDER BY id;
