-- scans identity: all of it goes
DELETE FROM identity;
