-- sorts: at most the conversations of one thread
SELECT id FROM conversation WHERE thread = :thread ORDER BY last_message_at DESC LIMIT 1;
