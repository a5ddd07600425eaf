CREATE TABLE slice.identity AS SELECT * FROM main.identity LIMIT 0;
