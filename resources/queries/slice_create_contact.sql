CREATE TABLE slice.contact (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, merged_into
);
