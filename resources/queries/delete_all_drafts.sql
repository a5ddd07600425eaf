-- scans draft: all of it goes
DELETE FROM draft;
