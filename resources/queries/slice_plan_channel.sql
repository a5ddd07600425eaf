SELECT id, id, 0 FROM channel ORDER BY id;
