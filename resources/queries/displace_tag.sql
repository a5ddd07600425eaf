DELETE FROM tag
WHERE (uuid = :uuid AND id <> :id)
    OR (name = :name COLLATE NOCASE AND id <> :id);
