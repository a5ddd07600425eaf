DELETE FROM notice
WHERE (uuid = :uuid AND id <> :id);
