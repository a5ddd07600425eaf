UPDATE macro SET seq = :seq, name = :name, key = :key, steps = :steps WHERE id = :id;
