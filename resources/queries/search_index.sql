-- scans message_index: the index itself, newest first; the caller stops
SELECT rowid FROM message_index WHERE message_index MATCH :match AND rowid < :before ORDER BY rowid DESC;
