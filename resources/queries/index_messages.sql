INSERT INTO message_index (rowid, text)
SELECT id, text FROM message_search WHERE id >= :from AND id < :until ORDER BY id;
