UPDATE conversation SET seq = :seq, message_count = message_count + 1,
    snippet = CASE WHEN :at >= last_message_at THEN :snippet ELSE snippet END,
    needs_answer = CASE WHEN :at >= last_message_at THEN 0 ELSE needs_answer END,
    waiting_since = CASE WHEN :at >= last_message_at THEN 0 ELSE waiting_since END,
    status_seq = CASE WHEN status = 0 AND NOT :is_old AND :at >= last_message_at THEN :seq ELSE status_seq END,
    status_by = CASE WHEN status = 0 AND NOT :is_old AND :at >= last_message_at THEN NULL ELSE status_by END,
    status = CASE WHEN status = 0 AND NOT :is_old AND :at >= last_message_at THEN 1 ELSE status END,
    last_message_at = max(last_message_at, :at)
WHERE id = :id;
