SELECT * FROM notice WHERE id = :id;
