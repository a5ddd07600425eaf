CREATE TABLE slice.note_mention AS SELECT * FROM main.note_mention LIMIT 0;
