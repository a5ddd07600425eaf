SELECT * FROM conversation_tag WHERE id = :id;
