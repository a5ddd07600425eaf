UPDATE outbox SET state = 0, number = NULL, seq = 0, outcome = '', undoes = NULL, forecast = NULL, refused_here = 0,
    body = :body, era = :era
WHERE id = :id;
