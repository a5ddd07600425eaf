CREATE TABLE slice.thread (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, uri, title, url, alias_of, is_ours
);
