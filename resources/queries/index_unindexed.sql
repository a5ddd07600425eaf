INSERT INTO message_index (rowid, text)
SELECT s.id, s.text FROM unindexed u CROSS JOIN message_search s ON s.id = u.message ORDER BY u.message;
