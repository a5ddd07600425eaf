INSERT INTO saved_reply (id, seq, created_seq, uuid, name, text) VALUES (:id, :seq, :seq, :uuid, :name, :text);
