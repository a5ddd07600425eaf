SELECT * FROM thread WHERE id = :id;
