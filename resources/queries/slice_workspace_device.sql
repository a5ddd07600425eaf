INSERT INTO slice.device SELECT * FROM main.device WHERE channel IS NULL;
