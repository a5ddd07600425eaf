UPDATE outbox SET state = :state, outcome = :outcome, seq = :seq WHERE id = :id;
