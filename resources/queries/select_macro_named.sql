SELECT id FROM macro WHERE name = :name COLLATE NOCASE AND id <> :id;
