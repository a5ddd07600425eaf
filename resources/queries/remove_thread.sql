DELETE FROM thread WHERE id = :id;
