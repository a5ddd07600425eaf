CREATE TABLE slice.message_version (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, message, replaced_at, text
);
