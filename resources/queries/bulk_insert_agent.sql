INSERT INTO agent (id, seq, created_seq, uuid, name, role) VALUES (:id, :seq, :seq, :uuid, :name, :role);
