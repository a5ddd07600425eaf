-- scans macro: all of it goes
DELETE FROM macro;
