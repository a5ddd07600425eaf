UPDATE conversation SET seq = :seq, message_count = message_count + 1,
    newest_message = max(newest_message, :message),
    snippet = CASE WHEN :at >= last_message_at THEN :snippet ELSE snippet END,
    needs_answer = CASE WHEN :at >= last_message_at THEN 1 ELSE needs_answer END,
    waiting_since = CASE WHEN :at >= last_message_at AND waiting_since = 0 THEN :at ELSE waiting_since END,
    last_message_at = max(last_message_at, :at), created_at = min(created_at, :at),
    followers = coalesce(:followers, followers)
WHERE id = :id;
