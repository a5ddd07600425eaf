-- scans agent: all of it goes
DELETE FROM agent;
