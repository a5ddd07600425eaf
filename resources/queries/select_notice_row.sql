SELECT id, channel FROM notice WHERE id = :id;
