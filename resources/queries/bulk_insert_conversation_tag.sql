INSERT INTO conversation_tag (seq, created_seq, channel, conversation, tag) VALUES (:seq, :seq, :channel, :conversation, :tag);
