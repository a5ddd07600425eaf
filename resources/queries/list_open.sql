-- sorts: at most the snoozed conversations that are due; the open ones come in the order of their index
SELECT id, last_message_at AS at FROM conversation INDEXED BY conversation_status
WHERE status = 0 AND (last_message_at, id) < (:at, :id)
UNION ALL
SELECT id, last_message_at AS at FROM conversation INDEXED BY conversation_snoozed
WHERE status = 2 AND snoozed_until <= :now AND (last_message_at, id) < (:at, :id)
ORDER BY at DESC, id DESC LIMIT :limit;
