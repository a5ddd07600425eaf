INSERT INTO commit_log (first_seq, last_seq, at) VALUES (:first, :last, :at);
