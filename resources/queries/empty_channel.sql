-- scans channel: all of it goes
DELETE FROM channel;
