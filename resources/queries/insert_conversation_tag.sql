INSERT INTO conversation_tag (seq, created_seq, channel, conversation, tag)
SELECT :seq, :seq, channel, id, :tag FROM conversation WHERE id = :conversation;
