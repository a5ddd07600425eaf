INSERT INTO main.contact (
    id, seq, created_seq, channel, merged_into
) SELECT
    id, seq, created_seq, channel, merged_into
FROM slice.contact WHERE true ORDER BY id
ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel,
    merged_into = excluded.merged_into
WHERE excluded.seq > contact.seq - :again;
