INSERT INTO team (seq, created_seq, uuid, name) VALUES (:seq, :seq, :uuid, :name);
