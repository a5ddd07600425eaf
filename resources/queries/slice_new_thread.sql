INSERT OR FAIL INTO thread (
    id, seq, created_seq, channel, uri, title, url, alias_of, is_ours
) SELECT
    id, seq, created_seq, channel, uri, title, url, alias_of, is_ours
FROM given(:rows);
