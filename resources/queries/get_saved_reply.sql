SELECT * FROM saved_reply WHERE id = :id;
