CREATE TABLE slice.device AS SELECT * FROM main.device LIMIT 0;
