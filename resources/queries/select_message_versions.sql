SELECT text FROM message_version WHERE message = :message ORDER BY id;
