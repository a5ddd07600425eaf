-- In the order of their ids: a lower one after a higher one ends a part of the index.
INSERT INTO message_index (message_index, rowid, text)
SELECT 'delete', s.id, s.text FROM message AS m CROSS JOIN message_search AS s ON s.id = m.id
WHERE m.id >= 4611686018427387904 AND NOT EXISTS (SELECT 1 FROM unindexed WHERE message = m.id)
ORDER BY m.id;
