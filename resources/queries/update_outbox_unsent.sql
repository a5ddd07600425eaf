UPDATE outbox SET state = 0 WHERE id = :id AND state = 1;
