SELECT id, channel, remote_url, preview_url, type, description FROM media WHERE message = :message ORDER BY position;
