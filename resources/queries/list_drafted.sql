SELECT DISTINCT conversation FROM draft WHERE agent = :me AND trim(text) <> '' LIMIT :limit;
