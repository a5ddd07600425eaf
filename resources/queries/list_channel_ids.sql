SELECT id FROM channel ORDER BY id;
