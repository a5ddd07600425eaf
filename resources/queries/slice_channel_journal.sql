INSERT INTO slice.journal SELECT * FROM main.journal WHERE channel = :channel AND conversation IS NULL;
