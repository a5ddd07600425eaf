SELECT c.channel, c.newest_message, coalesce((SELECT message FROM seen WHERE agent = :agent AND conversation = c.id), 0)
FROM conversation AS c WHERE c.id = :conversation;
