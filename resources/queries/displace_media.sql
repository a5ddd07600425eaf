DELETE FROM media
WHERE (message = :message AND position = :position AND id <> :id);
