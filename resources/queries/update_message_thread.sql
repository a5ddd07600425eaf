UPDATE message SET seq = :seq, thread = :thread WHERE id = :id;
