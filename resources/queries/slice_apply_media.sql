INSERT INTO media (
    id, seq, created_seq, channel, message, position, remote_url, preview_url, hash, type, description, width,
    height, sent_width, sent_height
) VALUES (
    :id, :seq, :created_seq, :channel, :message, :position, :remote_url, :preview_url, :hash, :type,
    :description, :width, :height, :sent_width, :sent_height
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel,
    message = excluded.message, position = excluded.position, remote_url = excluded.remote_url,
    preview_url = excluded.preview_url, hash = excluded.hash, type = excluded.type,
    description = excluded.description, width = excluded.width, height = excluded.height,
    sent_width = excluded.sent_width, sent_height = excluded.sent_height
WHERE excluded.seq > media.seq - :again;
