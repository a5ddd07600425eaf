-- scans team: of a slice, all of it
SELECT * FROM team ORDER BY id;
