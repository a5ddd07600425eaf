CREATE TABLE slice.team AS SELECT * FROM main.team LIMIT 0;
