-- What was before the newest that the contact wrote, and up to where the agent has seen it, where that is beyond.
SELECT coalesce(s.message, c.newest_message), coalesce((SELECT m.id FROM message AS m
    WHERE m.conversation = c.id AND m.id < c.newest_message ORDER BY m.sort_at DESC LIMIT 1), 0)
FROM conversation AS c
LEFT JOIN seen AS s ON s.agent = :me AND s.conversation = c.id
WHERE c.id = :conversation AND c.newest_message > 0
    AND c.newest_message <= coalesce(s.message, CASE WHEN c.is_imported THEN (1 << 40) - 1 ELSE 0 END);
