SELECT id, channel FROM team WHERE id = :id;
