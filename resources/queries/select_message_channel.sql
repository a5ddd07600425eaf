SELECT channel FROM message WHERE id = :id;
