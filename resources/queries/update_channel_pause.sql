UPDATE channel SET seq = :seq, heard_until = :heard_until, heard_again = :heard_again, is_behind = 1 WHERE id = :id;
