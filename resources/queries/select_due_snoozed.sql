-- sorts: at most the snoozed conversations
SELECT id, channel FROM conversation WHERE status = 2 AND snoozed_until <= :now ORDER BY snoozed_until LIMIT 1000;
