UPDATE outbox SET state = :state, undoes = :undoes WHERE id = :id;
