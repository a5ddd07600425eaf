SELECT * FROM identity WHERE id = :id;
