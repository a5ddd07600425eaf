-- scans media: of a slice, all of it
SELECT
    id, seq, created_seq, channel, message, position, remote_url, preview_url, hash, type, description, width,
    height, sent_width, sent_height
FROM media ORDER BY id;
