DELETE FROM shared_view WHERE id = :id;
