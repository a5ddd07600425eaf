UPDATE outbox SET done_at = :now WHERE state = 4 AND done_at = 0;
