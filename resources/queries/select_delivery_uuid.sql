SELECT uuid FROM delivery WHERE id = :id;
