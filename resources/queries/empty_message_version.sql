-- scans message_version: all of it goes
DELETE FROM message_version;
