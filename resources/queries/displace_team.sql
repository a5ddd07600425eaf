DELETE FROM team
WHERE (uuid = :uuid AND id <> :id)
    OR (name = :name AND id <> :id);
