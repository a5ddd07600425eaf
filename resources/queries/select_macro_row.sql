SELECT id, channel FROM macro WHERE id = :id;
