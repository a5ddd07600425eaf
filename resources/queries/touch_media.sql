UPDATE media SET seq = :seq WHERE id = :id;
