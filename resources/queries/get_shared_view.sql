SELECT * FROM shared_view WHERE id = :id;
