INSERT INTO identity (id, seq, created_seq, channel, contact, remote_id, handle, name, url)
VALUES (:id, :seq, :seq, :channel, :id, :remote_id, :handle, :name, '');
