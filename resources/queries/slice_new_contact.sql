INSERT OR FAIL INTO contact (
    id, seq, created_seq, channel, merged_into
) SELECT
    id, seq, created_seq, channel, merged_into
FROM given(:rows);
