-- scans journal: all of it goes
DELETE FROM journal;
