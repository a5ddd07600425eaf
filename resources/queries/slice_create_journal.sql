CREATE TABLE slice.journal (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, action, at, agent, device, device_number, kind,
    conversation, message, before, after
);
