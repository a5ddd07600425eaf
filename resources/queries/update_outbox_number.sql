UPDATE outbox SET state = 1, number = :number WHERE id = :id;
