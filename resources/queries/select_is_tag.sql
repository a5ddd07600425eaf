SELECT 1 FROM tag WHERE id = :id;
