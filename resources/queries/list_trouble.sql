SELECT id, last_message_at AS at FROM conversation
WHERE trouble > 0 AND (last_message_at, id) < (:at, :id)
ORDER BY at DESC, id DESC LIMIT :limit;
