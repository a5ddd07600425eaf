SELECT channel, type FROM media WHERE hash = :hash AND hash <> '';
