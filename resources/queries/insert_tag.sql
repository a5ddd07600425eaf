INSERT INTO tag (seq, created_seq, uuid, name) VALUES (:seq, :seq, :uuid, :name);
