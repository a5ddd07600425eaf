SELECT hash, type, description FROM media WHERE message = :message AND hash <> '' ORDER BY position;
