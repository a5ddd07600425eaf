DELETE FROM channel
WHERE (uuid = :uuid AND id <> :id);
