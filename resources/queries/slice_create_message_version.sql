CREATE TABLE slice.message_version AS SELECT * FROM main.message_version LIMIT 0;
