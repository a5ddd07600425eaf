SELECT * FROM channel WHERE id = :id;
