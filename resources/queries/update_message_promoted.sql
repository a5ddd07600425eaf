UPDATE message SET seq = :seq, conversation = :conversation, thread = NULL, kind = 0 WHERE id = :id;
