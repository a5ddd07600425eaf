SELECT * FROM macro WHERE id = :id;
