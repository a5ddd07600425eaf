SELECT count(DISTINCT n.conversation) FROM note_mention AS n
CROSS JOIN conversation AS c ON c.id = n.conversation WHERE n.agent = :me;
