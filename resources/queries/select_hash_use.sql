SELECT EXISTS (SELECT 1 FROM media WHERE hash = :hash AND hash <> '')
    OR EXISTS (SELECT 1 FROM upload WHERE hash = :hash);
