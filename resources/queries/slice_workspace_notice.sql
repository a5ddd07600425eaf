INSERT INTO slice.notice SELECT * FROM main.notice WHERE channel IS NULL;
