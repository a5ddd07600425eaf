SELECT * FROM journal WHERE id = :id;
