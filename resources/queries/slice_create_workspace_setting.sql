CREATE TABLE slice.workspace_setting (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, name, value
);
