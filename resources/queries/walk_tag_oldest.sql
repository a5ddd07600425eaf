-- sorts: at most 2,000 rows, as a tag of more is not walked by
SELECT c.id, c.channel, c.status, c.assignee, c.team, c.priority, c.needs_answer, c.is_imported, c.is_private, c.trouble, c.contact,
    c.number, c.last_message_at
FROM conversation_tag AS t CROSS JOIN conversation AS c ON c.id = t.conversation
WHERE t.tag = :tag AND (c.last_message_at, c.id) > (:at, :id)
ORDER BY c.last_message_at, c.id;
