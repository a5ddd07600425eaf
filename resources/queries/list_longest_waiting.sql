-- sorts: at most the snoozed conversations that are due; those that wait come in the order of their index
SELECT id, waiting_since AS at FROM conversation INDEXED BY conversation_waiting
WHERE status = 0 AND needs_answer = 1 AND (waiting_since, id) > (:at, :id)
UNION ALL
SELECT id, waiting_since AS at FROM conversation INDEXED BY conversation_snoozed
WHERE status = 2 AND snoozed_until <= :now AND needs_answer = 1 AND (waiting_since, id) > (:at, :id)
ORDER BY at, id LIMIT :limit;
