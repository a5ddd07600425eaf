CREATE TABLE slice.saved_reply (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, uuid, name, text
);
