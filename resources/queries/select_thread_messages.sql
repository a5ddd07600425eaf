-- sorts: at most the messages of one thread
SELECT id FROM message WHERE thread = :thread ORDER BY id;
