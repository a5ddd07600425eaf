-- scans conversation_tag: of a slice, all of it
SELECT
    id, seq, created_seq, channel, conversation, tag
FROM conversation_tag ORDER BY id;
