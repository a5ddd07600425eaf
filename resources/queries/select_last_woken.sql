SELECT snoozed_until, channel FROM conversation INDEXED BY conversation_snoozed
WHERE status = 2 AND snoozed_until <= :now
ORDER BY snoozed_until DESC;
