UPDATE team SET seq = :seq, name = :name WHERE id = :id;
