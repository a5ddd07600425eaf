INSERT OR FAIL INTO conversation_tag (
    id, seq, created_seq, channel, conversation, tag
) SELECT
    id, seq, created_seq, channel, conversation,
    CASE WHEN NOT EXISTS (SELECT 1 FROM conversation AS c WHERE c.id = given.conversation) THEN tag END
FROM given(:rows);
