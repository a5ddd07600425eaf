DELETE FROM conversation_tag
WHERE (conversation = :conversation AND tag = :tag AND id <> :id);
