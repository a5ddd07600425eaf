SELECT id, name, key, steps FROM macro ORDER BY name COLLATE NOCASE, id;
