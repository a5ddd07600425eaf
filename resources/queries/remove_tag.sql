DELETE FROM tag WHERE id = :id;
