-- scans shared_view: of a slice, all of it
SELECT * FROM shared_view ORDER BY id;
