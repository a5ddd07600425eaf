DELETE FROM identity WHERE id = :id;
