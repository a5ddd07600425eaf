CREATE TABLE slice.note_mention (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, message, conversation, agent
);
