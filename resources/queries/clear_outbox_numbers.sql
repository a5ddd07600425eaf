UPDATE outbox SET number = NULL WHERE state IN (0, 1) AND number IS NOT NULL;
