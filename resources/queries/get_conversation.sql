SELECT * FROM conversation WHERE id = :id;
