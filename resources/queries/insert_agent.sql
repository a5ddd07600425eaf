INSERT INTO agent (seq, created_seq, uuid, name, role) VALUES (:seq, :seq, :uuid, :name, :role);
