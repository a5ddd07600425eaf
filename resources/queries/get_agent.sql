SELECT * FROM agent WHERE id = :id;
