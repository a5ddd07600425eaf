INSERT INTO slice.team SELECT * FROM main.team WHERE channel IS NULL;
