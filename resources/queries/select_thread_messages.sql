SELECT id FROM message WHERE thread = :thread ORDER BY id;
