UPDATE outbox SET state = 4 WHERE state = 2 AND seq <= :position AND length(forecast) = 0;
