INSERT INTO contact (
    id, seq, created_seq, channel, merged_into
) VALUES (
    :id, :seq, :created_seq, :channel, :merged_into
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel,
    merged_into = excluded.merged_into
WHERE excluded.seq > contact.seq - :again;
