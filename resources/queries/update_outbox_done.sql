UPDATE outbox SET state = 4, done_at = :now WHERE state = 2 AND seq <= :position AND length(forecast) = 0;
