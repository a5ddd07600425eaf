DELETE FROM agent
WHERE (name = :name AND id <> :id)
    OR (uuid = :uuid AND id <> :id);
