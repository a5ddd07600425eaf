CREATE TABLE slice.macro (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, uuid, name, key, steps
);
