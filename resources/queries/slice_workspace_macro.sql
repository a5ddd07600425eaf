INSERT INTO slice.macro SELECT * FROM main.macro WHERE channel IS NULL;
