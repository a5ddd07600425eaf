UPDATE conversation SET seq = :seq, message_count = message_count + :by WHERE id = :id;
