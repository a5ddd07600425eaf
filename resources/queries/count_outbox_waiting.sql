SELECT count(*) FROM outbox WHERE state IN (0, 1);
