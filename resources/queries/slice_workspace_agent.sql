INSERT INTO slice.agent SELECT * FROM main.agent WHERE channel IS NULL;
