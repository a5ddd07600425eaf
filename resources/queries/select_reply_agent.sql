SELECT agent FROM delivery WHERE message = :message AND effect = :effect ORDER BY id DESC LIMIT 1;
