CREATE TABLE slice.conversation_tag (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, conversation, tag
);
