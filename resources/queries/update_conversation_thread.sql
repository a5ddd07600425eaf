UPDATE conversation SET seq = :seq, thread = :thread, ordinal = :ordinal WHERE id = :id;
