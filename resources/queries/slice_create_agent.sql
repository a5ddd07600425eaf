CREATE TABLE slice.agent (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, uuid, name, role, on_duty, disabled, open_limit
);
