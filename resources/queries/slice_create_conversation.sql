CREATE TABLE slice.conversation AS SELECT * FROM main.conversation LIMIT 0;
