SELECT id, name FROM team ORDER BY name COLLATE NOCASE, id;
