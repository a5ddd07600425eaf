SELECT id, name, key, steps FROM macro WHERE id = :id;
