SELECT forecast, conversation FROM outbox WHERE state IN (0, 1, 2, 5) AND length(forecast) > 0 ORDER BY id;
