UPDATE outbox SET forecast = NULL WHERE state IN (0, 1, 2) AND forecast IS NOT NULL;
