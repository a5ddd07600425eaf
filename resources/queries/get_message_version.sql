SELECT * FROM message_version WHERE id = :id;
