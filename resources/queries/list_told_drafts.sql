SELECT t.conversation, t.mode, t.version, t.body, c.channel, t.was
FROM told_draft AS t LEFT JOIN conversation AS c ON c.id = t.conversation
WHERE t.agent = :agent AND t.version > :since ORDER BY t.version LIMIT :limit;
