INSERT INTO tag (id, seq, created_seq, uuid, name) VALUES (:id, :seq, :seq, :uuid, :name);
