SELECT channel, coalesce((SELECT a.id FROM agent AS a WHERE a.id = assignee AND a.on_duty AND NOT a.disabled), 0)
FROM conversation INDEXED BY conversation_snoozed
WHERE status = 2 AND snoozed_until <= :now;
