INSERT INTO message_index (rowid, text)
SELECT w.id, w.text FROM unindexed u CROSS JOIN message_words w ON w.id = u.message WHERE u.at IS NULL
ORDER BY u.message;
