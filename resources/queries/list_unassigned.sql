-- What wakes while its owner is off duty wakes in the team's queue.
SELECT id, last_message_at AS at FROM conversation INDEXED BY conversation_open
WHERE status = 0 AND assignee IS NULL AND (last_message_at, id) < (:at, :id)
-- sorts: at most the snoozed conversations that are due; the open ones come in the order of their index
UNION ALL
SELECT id, last_message_at AS at FROM conversation INDEXED BY conversation_snoozed
WHERE status = 2 AND snoozed_until <= :now AND (last_message_at, id) < (:at, :id)
    AND coalesce((SELECT NOT on_duty OR disabled FROM agent WHERE agent.id = assignee), 1)
ORDER BY at DESC, id DESC LIMIT :limit;
