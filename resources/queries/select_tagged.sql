SELECT conversation FROM conversation_tag WHERE tag = :tag LIMIT :limit;
