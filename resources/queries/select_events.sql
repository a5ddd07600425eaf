SELECT j.id, j.at, j.agent, coalesce(a.name, ''), j.kind, j.conversation, coalesce(v.number, 0), j.channel, j.message,
    j.before, j.after, coalesce(j.action, '')
FROM journal AS j
LEFT JOIN agent AS a ON a.id = j.agent
LEFT JOIN conversation AS v ON v.id = j.conversation
WHERE j.conversation = :conversation ORDER BY j.id DESC LIMIT :limit;
