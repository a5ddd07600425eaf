INSERT OR FAIL INTO identity (
    id, seq, created_seq, channel, contact, remote_id, handle, name, url
) SELECT
    id, seq, created_seq, channel, contact, remote_id, handle, name, url
FROM given(:rows);
