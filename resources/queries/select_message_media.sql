SELECT hash, remote_url, type, description, width, height FROM media WHERE message = :message ORDER BY position;
