CREATE TABLE slice.notice (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, uuid, agent, at, until, text, tag, shared_view, list
);
