CREATE TABLE slice.agent AS SELECT * FROM main.agent LIMIT 0;
