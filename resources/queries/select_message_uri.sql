SELECT uri FROM message WHERE id = :id;
