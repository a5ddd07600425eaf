-- sorts: at most the tags of one conversation
SELECT g.name FROM conversation_tag AS t CROSS JOIN tag AS g ON g.id = t.tag
WHERE t.conversation = :conversation ORDER BY g.name COLLATE NOCASE;
