-- What wakes while its owner is off duty wakes in the team's queue.
SELECT id, last_message_at AS at FROM conversation INDEXED BY conversation_open
WHERE status = 0 AND assignee = :me AND (last_message_at, id) < (:at, :id)
-- sorts: at most the snoozed conversations that are due; the open ones come in the order of their index
UNION ALL
SELECT id, last_message_at AS at FROM conversation INDEXED BY conversation_snoozed
WHERE status = 2 AND snoozed_until <= :now AND assignee = :me AND (last_message_at, id) < (:at, :id)
    AND (SELECT on_duty AND NOT disabled FROM agent WHERE agent.id = :me)
ORDER BY at DESC, id DESC LIMIT :limit;
