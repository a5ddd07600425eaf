SELECT work_since FROM channel WHERE id = :id;
