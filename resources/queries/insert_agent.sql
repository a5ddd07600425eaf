INSERT INTO agent (seq, created_seq, uuid, name, role, on_duty) VALUES (:seq, :seq, :uuid, :name, :role, :on_duty);
