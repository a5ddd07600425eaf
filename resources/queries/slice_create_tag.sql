CREATE TABLE slice.tag AS SELECT * FROM main.tag LIMIT 0;
