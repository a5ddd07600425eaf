UPDATE thread SET seq = :seq, is_ours = 1 WHERE id = :id AND is_ours = 0;
