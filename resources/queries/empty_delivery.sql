-- scans delivery: all of it goes
DELETE FROM delivery;
