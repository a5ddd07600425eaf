-- The newest that can be seen to: of what the contact wrote, and of the notes that name the agent.
SELECT c.channel, max(c.newest_message, coalesce((SELECT max(n.message) FROM note_mention AS n
    WHERE n.agent = :agent AND n.conversation = c.id), 0)),
    coalesce((SELECT message FROM seen WHERE agent = :agent AND conversation = c.id), 0)
FROM conversation AS c WHERE c.id = :conversation;
