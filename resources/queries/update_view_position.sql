UPDATE shared_view SET seq = :seq, position = :position WHERE id = :id;
