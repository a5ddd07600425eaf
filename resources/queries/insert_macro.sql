INSERT INTO macro (id, seq, created_seq, uuid, name, key, steps) VALUES (:id, :seq, :seq, :uuid, :name, :key, :steps);
