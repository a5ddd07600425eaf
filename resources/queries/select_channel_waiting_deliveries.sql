SELECT id FROM delivery WHERE state IN (2, 3, 4, 5, 7, 8) AND state IN (2, 3, 4) AND channel = :channel;
