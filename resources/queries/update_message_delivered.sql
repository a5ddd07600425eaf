UPDATE message SET seq = :seq, uri_key = :uri_key, uri = :uri, remote_id = :remote_id, url = :url, moderation = :moderation
WHERE id = :id;
