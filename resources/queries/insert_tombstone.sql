INSERT INTO tombstone (seq, channel, name, row, at) VALUES (:seq, :channel, :name, :row, :at);
