-- scans thread: all of it goes
DELETE FROM thread;
