-- scans media: all of it goes
DELETE FROM media;
