CREATE TABLE slice.identity (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, contact, remote_id, handle, name, url
);
