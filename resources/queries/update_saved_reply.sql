UPDATE saved_reply SET seq = :seq, name = :name, text = :text WHERE id = :id;
