UPDATE outbox SET era = :era, state = :state WHERE id = :id;
