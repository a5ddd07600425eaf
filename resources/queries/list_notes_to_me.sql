-- sorts: at most the conversations in which colleagues named me
SELECT c.id, c.last_message_at AS at
FROM (SELECT DISTINCT conversation FROM note_mention WHERE agent = :me) AS mine
CROSS JOIN conversation AS c ON c.id = mine.conversation
WHERE (c.last_message_at, c.id) < (:at, :id)
ORDER BY at DESC, c.id DESC LIMIT :limit;
