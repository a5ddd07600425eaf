SELECT id, channel FROM message WHERE id = :id;
