CREATE TABLE slice.macro AS SELECT * FROM main.macro LIMIT 0;
