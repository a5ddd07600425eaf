DELETE FROM channel WHERE id = :id;
