INSERT INTO thread (seq, created_seq, channel, uri, title, url) VALUES (:seq, :seq, :channel, :uri, :title, :url);
