CREATE TABLE slice.contact AS SELECT * FROM main.contact LIMIT 0;
