SELECT * FROM team WHERE id = :id;
