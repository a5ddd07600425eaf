DELETE FROM macro
WHERE (key = :key AND key <> '' AND id <> :id)
    OR (name = :name COLLATE NOCASE AND id <> :id)
    OR (uuid = :uuid AND id <> :id);
