SELECT channel FROM conversation WHERE id = :id;
