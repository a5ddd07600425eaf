DELETE FROM message WHERE id = :id;
