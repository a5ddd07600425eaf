DELETE FROM device
WHERE (uuid = :uuid AND id <> :id);
