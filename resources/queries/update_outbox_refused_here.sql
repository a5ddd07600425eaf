UPDATE outbox SET state = 3, refused_here = 1, number = NULL, seq = 0, forecast = NULL, outcome = :outcome,
    conversation = :conversation
WHERE id = :id;
