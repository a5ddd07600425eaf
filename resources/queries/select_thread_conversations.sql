SELECT id, identity FROM conversation WHERE thread = :thread ORDER BY identity, ordinal;
