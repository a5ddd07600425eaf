CREATE TABLE slice.delivery AS SELECT * FROM main.delivery LIMIT 0;
