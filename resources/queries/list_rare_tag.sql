-- sorts: at most 2,000 rows, as a tag of more is listed by list_common_tag
SELECT c.id, c.last_message_at AS at
FROM conversation_tag AS t CROSS JOIN conversation AS c ON c.id = t.conversation
WHERE t.tag = :tag AND (c.last_message_at, c.id) < (:at, :id)
ORDER BY at DESC, c.id DESC LIMIT :limit;
