-- What an agent has not seen, as select_hit has it.
-- scans conversation: whoever has seen nearly all has few of them, anywhere
SELECT v.id FROM conversation AS v
WHERE v.newest_message > coalesce((SELECT s.message FROM seen AS s
    WHERE s.agent = :agent AND s.conversation = v.id), CASE WHEN v.is_imported THEN (1 << 40) - 1 ELSE 0 END)
UNION ALL SELECT n.conversation FROM note_mention AS n CROSS JOIN message AS o ON o.id = n.message
WHERE n.agent = :agent AND o.agent IS NOT :agent
    AND n.message > coalesce((SELECT s.message FROM seen AS s
        WHERE s.agent = :agent AND s.conversation = n.conversation), 0)
LIMIT :limit;
