-- scans team: all of it goes
DELETE FROM team;
