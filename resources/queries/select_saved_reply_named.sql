SELECT id FROM saved_reply WHERE name = :name COLLATE NOCASE AND id <> :id;
