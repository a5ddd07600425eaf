-- scans saved_reply: all of it goes
DELETE FROM saved_reply;
