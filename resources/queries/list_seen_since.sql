SELECT s.conversation, s.message, s.version, c.channel
FROM seen AS s LEFT JOIN conversation AS c ON c.id = s.conversation
WHERE s.agent = :agent AND s.version > :since ORDER BY s.version LIMIT :limit;
