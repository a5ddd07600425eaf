INSERT OR FAIL INTO media (
    id, seq, created_seq, channel, message, position, remote_url, preview_url, hash, type, description, width,
    height, sent_width, sent_height
) SELECT
    id, seq, created_seq, channel, message, position, remote_url, preview_url, hash, type, description, width,
    height, sent_width, sent_height
FROM given(:rows);
