SELECT id, hash FROM media WHERE id > :after AND hash <> '' ORDER BY id LIMIT :limit;
