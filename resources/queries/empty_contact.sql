-- scans contact: all of it goes
DELETE FROM contact;
