INSERT INTO message_version (
    id, seq, created_seq, channel, message, replaced_at, text
) VALUES (
    :id, :seq, :created_seq, :channel, :message, :replaced_at, :text
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel,
    message = excluded.message, replaced_at = excluded.replaced_at, text = excluded.text
WHERE excluded.seq > message_version.seq - :again;
