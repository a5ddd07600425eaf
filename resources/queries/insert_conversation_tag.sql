INSERT INTO conversation_tag (id, seq, created_seq, channel, conversation, tag)
SELECT :id, :seq, :seq, channel, id, :tag FROM conversation WHERE id = :conversation;
