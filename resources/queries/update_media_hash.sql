UPDATE media SET seq = :seq, hash = :hash WHERE id = :id;
