SELECT c.id, c.channel, c.status, c.assignee, c.team, c.priority, c.needs_answer, c.is_imported, c.is_private, c.trouble, c.contact,
    c.number, c.last_message_at
FROM conversation AS c INDEXED BY conversation_channel
WHERE c.channel = :channel AND (c.last_message_at, c.id) > (:at, :id)
ORDER BY c.last_message_at, c.id;
