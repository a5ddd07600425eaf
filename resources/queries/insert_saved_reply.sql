INSERT INTO saved_reply (seq, created_seq, uuid, name, text) VALUES (:seq, :seq, :uuid, :name, :text);
