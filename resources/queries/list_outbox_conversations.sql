SELECT DISTINCT conversation FROM outbox WHERE state IN (0, 1) AND conversation IS NOT NULL;
