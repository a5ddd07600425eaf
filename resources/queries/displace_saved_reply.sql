DELETE FROM saved_reply
WHERE (name = :name COLLATE NOCASE AND id <> :id)
    OR (uuid = :uuid AND id <> :id);
