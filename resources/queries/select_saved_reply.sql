SELECT id, name, text FROM saved_reply WHERE id = :id;
