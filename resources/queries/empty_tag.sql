-- scans tag: all of it goes
DELETE FROM tag;
