-- scans message_version: of a slice, all of it
SELECT * FROM message_version ORDER BY id;
