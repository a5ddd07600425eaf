UPDATE outbox SET forecast = :forecast, conversation = :conversation,
    outcome = CASE WHEN state < 2 THEN :outcome ELSE outcome END
WHERE id = :id;
