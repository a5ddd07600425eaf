SELECT conversation FROM message WHERE id = :id;
