SELECT text FROM message WHERE uuid = :uuid;
