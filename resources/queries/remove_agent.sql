DELETE FROM agent WHERE id = :id;
