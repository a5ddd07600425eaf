SELECT * FROM tag WHERE id = :id;
