UPDATE outbox SET body = :body WHERE id = :id;
