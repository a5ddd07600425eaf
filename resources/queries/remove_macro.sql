DELETE FROM macro WHERE id = :id;
