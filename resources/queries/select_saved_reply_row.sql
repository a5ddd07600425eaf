SELECT id, channel FROM saved_reply WHERE id = :id;
