SELECT hash, remote_url, type, description, width, height, sent_width, sent_height FROM media WHERE message = :message ORDER BY position;
