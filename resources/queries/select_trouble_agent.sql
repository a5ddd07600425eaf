SELECT agent FROM delivery WHERE message = :message AND effect = :effect AND +state IN (7, 8) ORDER BY id DESC LIMIT 1;
