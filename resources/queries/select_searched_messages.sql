SELECT id FROM message WHERE conversation = :conversation
UNION ALL
SELECT m.id FROM conversation AS v CROSS JOIN message AS m ON m.thread = v.thread
WHERE v.id = :conversation AND m.conversation IS NULL;
