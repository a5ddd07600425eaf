UPDATE outbox SET number = NULL WHERE state = 1;
