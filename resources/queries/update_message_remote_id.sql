UPDATE message SET seq = :seq, remote_id = :remote_id WHERE id = :id;
