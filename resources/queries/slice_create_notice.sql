CREATE TABLE slice.notice AS SELECT * FROM main.notice LIMIT 0;
