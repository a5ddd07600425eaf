SELECT left_out FROM delivery WHERE id = :id;
