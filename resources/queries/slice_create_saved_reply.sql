CREATE TABLE slice.saved_reply AS SELECT * FROM main.saved_reply LIMIT 0;
