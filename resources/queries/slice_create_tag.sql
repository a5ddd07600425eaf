CREATE TABLE slice.tag (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, uuid, name
);
