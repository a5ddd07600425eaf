-- scans conversation: all of it goes
DELETE FROM conversation;
