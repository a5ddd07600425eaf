UPDATE conversation SET seq = :seq, duplicate_of = NULL WHERE id = :id;
