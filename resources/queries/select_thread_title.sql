SELECT title FROM thread WHERE id = :id;
