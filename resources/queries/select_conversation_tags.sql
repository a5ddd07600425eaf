<<<<<<< HEAD
SELECT g.name FROM conversation_tag AS t CROSS JOIN tag AS g ON g.id = t.tag
WHERE t.conversation = :conversation ORDER BY g.name COLLATE NOCASE;
=======
SELECT tag.name FROM conversation_tag JOIN tag ON tag.id = conversation_tag.tag
WHERE conversation_tag.conversation = :conversation ORDER BY tag.name;
>>>>>>> main
