SELECT count(*) FROM outbox WHERE state = 2;
