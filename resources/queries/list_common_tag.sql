SELECT c.id, c.last_message_at AS at FROM conversation AS c
WHERE (c.last_message_at, c.id) < (:at, :id)
    AND EXISTS (SELECT 1 FROM conversation_tag AS t WHERE t.conversation = c.id AND t.tag = :tag)
ORDER BY at DESC, c.id DESC LIMIT :limit;
