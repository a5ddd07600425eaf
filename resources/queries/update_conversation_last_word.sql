UPDATE conversation SET seq = :seq, snippet = :snippet, last_message_at = :at, needs_answer = :needs_answer,
    waiting_since = :waiting_since
WHERE id = :id;
