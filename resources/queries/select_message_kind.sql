SELECT kind FROM message WHERE id = :id;
