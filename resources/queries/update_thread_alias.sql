UPDATE thread SET seq = :seq, alias_of = :into WHERE id = :id;
