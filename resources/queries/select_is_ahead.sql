SELECT 1 FROM outbox WHERE state IN (0, 1, 2, 5) LIMIT 1;
