-- scans note_mention: of a slice, all of it
SELECT * FROM note_mention ORDER BY id;
