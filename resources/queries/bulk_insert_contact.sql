INSERT INTO contact (id, seq, created_seq, channel) VALUES (:id, :seq, :seq, :channel);
