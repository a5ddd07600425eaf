INSERT INTO contact (seq, created_seq, channel) VALUES (:seq, :seq, :channel);
