UPDATE delivery SET left_out = :left_out WHERE id = :id;
