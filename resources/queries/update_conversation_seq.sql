UPDATE conversation SET seq = :seq WHERE id = :id;
