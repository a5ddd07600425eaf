UPDATE message_version SET seq = :seq WHERE id = :id;
