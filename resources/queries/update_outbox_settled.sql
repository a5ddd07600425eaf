UPDATE outbox SET state = 4 WHERE state = 3 AND EXISTS (SELECT 1 FROM journal WHERE action = outbox.action);
