INSERT INTO macro (seq, created_seq, uuid, name, key, steps) VALUES (:seq, :seq, :uuid, :name, :key, :steps);
