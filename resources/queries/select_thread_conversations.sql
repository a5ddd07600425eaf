-- sorts: at most the conversations of one thread
SELECT id, identity FROM conversation WHERE thread = :thread ORDER BY identity, ordinal;
