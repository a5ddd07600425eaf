-- sorts: at most the conversations in which colleagues named me
-- By the newest note that names me, whatever else came since.
SELECT c.id, mine.at
FROM (SELECT n.conversation, max(m.sort_at) AS at FROM note_mention AS n CROSS JOIN message AS m ON m.id = n.message
      WHERE n.agent = :me GROUP BY n.conversation) AS mine
CROSS JOIN conversation AS c ON c.id = mine.conversation
WHERE (mine.at, c.id) < (:at, :id)
ORDER BY mine.at DESC, c.id DESC LIMIT :limit;
