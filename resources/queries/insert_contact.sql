INSERT INTO contact (seq, created_seq) VALUES (:seq, :seq);
