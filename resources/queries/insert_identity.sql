INSERT INTO identity (seq, created_seq, channel, contact, remote_id, handle, name, url)
VALUES (:seq, :seq, :channel, :contact, :remote_id, :handle, :name, :url);
