SELECT body FROM outbox WHERE state < 4;
