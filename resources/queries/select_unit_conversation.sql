SELECT id, ordinal, status, reason, last_message_at FROM conversation
WHERE channel = :channel AND thread = :thread AND identity = :identity ORDER BY ordinal DESC LIMIT 1;
