UPDATE channel SET seq = :seq, removed_at = :at WHERE id = :id;
