SELECT j.id, j.at, j.agent, coalesce(a.name, ''), j.kind, j.conversation, coalesce(v.number, 0), j.channel, j.message,
    j.before, j.after, coalesce(j.action, ''),
    coalesce(nullif(c.name, ''), c.address, '')
FROM journal AS j
LEFT JOIN agent AS a ON a.id = j.agent
LEFT JOIN conversation AS v ON v.id = j.conversation
LEFT JOIN channel AS c ON c.id = j.channel
WHERE j.id < :before ORDER BY j.id DESC LIMIT :limit;
