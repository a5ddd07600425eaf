INSERT INTO slice.saved_reply SELECT * FROM main.saved_reply WHERE channel IS NULL;
