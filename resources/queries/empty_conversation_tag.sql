-- scans conversation_tag: all of it goes
DELETE FROM conversation_tag;
