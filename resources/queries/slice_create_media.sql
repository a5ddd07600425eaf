CREATE TABLE slice.media (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, message, position, remote_url, preview_url, hash, type,
    description, width, height, sent_width, sent_height
);
