INSERT OR FAIL INTO message_version (
    id, seq, created_seq, channel, message, replaced_at, text
) SELECT
    id, seq, created_seq, channel, message, replaced_at, text
FROM given(:rows);
