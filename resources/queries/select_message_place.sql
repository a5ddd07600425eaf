SELECT m.sort_at, coalesce(m.identity, 0), coalesce(m.agent, 0),
    coalesce(m.conversation, (SELECT max(o.id) FROM conversation AS o WHERE o.thread = m.thread), 0)
FROM message AS m WHERE m.id = :id;
