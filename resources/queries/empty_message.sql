-- scans message: all of it goes
DELETE FROM message;
