SELECT is_behind FROM channel WHERE id = :id;
