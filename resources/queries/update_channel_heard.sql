UPDATE channel SET seq = :seq, is_behind = 0 WHERE id = :id;
