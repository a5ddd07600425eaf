INSERT INTO message_index (rowid, text, attributes)
SELECT s.id, s.text, s.attributes FROM unindexed u CROSS JOIN message_search s ON s.id = u.message ORDER BY u.message;
