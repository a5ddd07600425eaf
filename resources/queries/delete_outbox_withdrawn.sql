DELETE FROM outbox WHERE state = 5;
