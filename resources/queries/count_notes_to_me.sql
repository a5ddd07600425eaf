-- Those with a note that I have not seen yet: how many there ever were would only grow.
SELECT count(DISTINCT n.conversation) FROM note_mention AS n
CROSS JOIN conversation AS c ON c.id = n.conversation
LEFT JOIN seen AS s ON s.agent = :me AND s.conversation = n.conversation
CROSS JOIN message AS m ON m.id = n.message
WHERE n.agent = :me AND n.message > coalesce(s.message, 0) AND m.agent IS NOT :me;
