CREATE TABLE slice.thread AS SELECT * FROM main.thread LIMIT 0;
