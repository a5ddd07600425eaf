INSERT INTO contact (id, seq, created_seq) VALUES (:id, :seq, :seq);
