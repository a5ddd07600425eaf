SELECT at FROM outbox WHERE state = 4 ORDER BY id LIMIT 1;
