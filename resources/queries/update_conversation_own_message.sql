UPDATE conversation SET seq = :seq, message_count = message_count + 1,
    last_message_at = CASE WHEN :is_reply THEN :at ELSE last_message_at END,
    snippet = CASE WHEN :is_reply THEN :snippet ELSE snippet END,
    needs_answer = CASE WHEN :is_reply THEN 0 ELSE needs_answer END,
    waiting_since = CASE WHEN :is_reply THEN 0 ELSE waiting_since END
WHERE id = :id;
