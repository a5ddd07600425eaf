CREATE TABLE slice.media AS SELECT * FROM main.media LIMIT 0;
