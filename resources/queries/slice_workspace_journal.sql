INSERT INTO slice.journal SELECT * FROM main.journal WHERE channel IS NULL AND conversation IS NULL;
