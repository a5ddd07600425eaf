SELECT count(*) FROM (SELECT 1 FROM conversation_tag WHERE tag = :tag LIMIT :limit);
