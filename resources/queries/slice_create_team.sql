CREATE TABLE slice.team (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, uuid, name
);
