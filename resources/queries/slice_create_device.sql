CREATE TABLE slice.device (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, uuid, agent, last_action
);
