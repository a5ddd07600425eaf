DELETE FROM message
WHERE (uuid = :uuid AND uuid IS NOT NULL AND id <> :id);
