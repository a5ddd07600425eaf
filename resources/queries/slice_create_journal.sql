CREATE TABLE slice.journal AS SELECT * FROM main.journal LIMIT 0;
