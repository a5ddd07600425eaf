CREATE TABLE slice.conversation_tag AS SELECT * FROM main.conversation_tag LIMIT 0;
