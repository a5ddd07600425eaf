-- scans device: all of it goes
DELETE FROM device;
