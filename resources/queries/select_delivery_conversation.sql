SELECT conversation FROM delivery WHERE id = :id;
