SELECT id, name, text FROM saved_reply ORDER BY name COLLATE NOCASE, id;
