SELECT * FROM media WHERE id = :id;
