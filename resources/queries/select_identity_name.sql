SELECT name, handle FROM identity WHERE id = :id;
