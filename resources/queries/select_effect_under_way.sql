SELECT 1 FROM delivery WHERE message = :message AND effect = :effect AND state IN (3, 4, 5);
