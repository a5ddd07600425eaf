-- scans conversation_tag: of a slice, all of it
SELECT * FROM conversation_tag ORDER BY id;
