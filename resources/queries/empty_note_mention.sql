-- scans note_mention: all of it goes
DELETE FROM note_mention;
