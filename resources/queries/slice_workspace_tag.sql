INSERT INTO slice.tag SELECT * FROM main.tag WHERE channel IS NULL;
