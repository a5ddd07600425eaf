DELETE FROM outbox WHERE state = 4 AND at < :before;
