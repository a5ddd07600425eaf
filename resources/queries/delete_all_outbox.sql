-- scans outbox: all of it goes
DELETE FROM outbox;
