INSERT INTO thread (id, seq, created_seq, channel, uri, title, url) VALUES (:id, :seq, :seq, :channel, :uri, '', '');
