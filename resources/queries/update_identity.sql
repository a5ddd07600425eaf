UPDATE identity SET seq = :seq, name = :name, handle = :handle, url = :url WHERE id = :id;
