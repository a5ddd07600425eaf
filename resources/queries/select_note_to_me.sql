-- sorts: at most the notes in one conversation that name me
-- The newest. Unseen is what a colleague wrote after all that I have seen there.
SELECT m.id, coalesce(a.name, ''), m.text, m.sort_at,
    m.agent IS NOT :me AND m.id > coalesce((SELECT s.message FROM seen AS s
        WHERE s.agent = :me AND s.conversation = :conversation), 0)
FROM note_mention AS n CROSS JOIN message AS m ON m.id = n.message
LEFT JOIN agent AS a ON a.id = m.agent
WHERE n.agent = :me AND n.conversation = :conversation
ORDER BY m.sort_at DESC, m.id DESC LIMIT 1;
