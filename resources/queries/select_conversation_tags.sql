SELECT tag.name FROM conversation_tag JOIN tag ON tag.id = conversation_tag.tag
WHERE conversation_tag.conversation = :conversation ORDER BY tag.name COLLATE NOCASE;
