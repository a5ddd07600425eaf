CREATE TABLE slice.channel AS SELECT * FROM main.channel LIMIT 0;
