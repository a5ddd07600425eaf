DELETE FROM saved_reply WHERE id = :id;
