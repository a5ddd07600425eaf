SELECT c.id, c.channel, c.status, c.assignee, c.team, c.priority, c.needs_answer, c.is_imported, c.is_private, c.trouble, c.contact,
    c.number, c.last_message_at
FROM conversation AS c INDEXED BY conversation_waiting
WHERE c.status = 0 AND c.needs_answer = 1 AND (c.waiting_since, c.id) > (:at, :id)
ORDER BY c.waiting_since, c.id;
