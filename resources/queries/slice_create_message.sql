CREATE TABLE slice.message AS SELECT * FROM main.message LIMIT 0;
