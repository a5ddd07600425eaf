UPDATE outbox SET undoes = :undoes, part = :part WHERE id = :id;
