DELETE FROM conversation WHERE id = :id;
