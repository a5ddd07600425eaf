INSERT INTO conversation_tag (
    id, seq, created_seq, channel, conversation, tag
) VALUES (
    :id, :seq, :created_seq, :channel, :conversation, :tag
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel,
    conversation = excluded.conversation, tag = excluded.tag
WHERE excluded.seq > conversation_tag.seq - :again;
