UPDATE conversation SET seq = :seq, message_count = message_count + 1, last_message_at = :at, snippet = :snippet,
    needs_answer = 0, waiting_since = 0
WHERE id = :id;
