SELECT id, channel FROM shared_view WHERE id = :id;
