SELECT '', '', '', body FROM outbox WHERE state IN (0, 1, 3);
