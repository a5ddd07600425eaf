-- scans notice: all of it goes
DELETE FROM notice;
