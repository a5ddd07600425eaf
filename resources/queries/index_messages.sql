INSERT INTO message_index (rowid, text, attributes)
SELECT id, text, attributes FROM message_search WHERE id >= :from AND id < :until ORDER BY id;
