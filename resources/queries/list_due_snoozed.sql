SELECT channel, coalesce(assignee, 0) FROM conversation INDEXED BY conversation_snoozed
WHERE status = 2 AND snoozed_until <= :now;
