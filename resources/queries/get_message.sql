SELECT * FROM message WHERE id = :id;
