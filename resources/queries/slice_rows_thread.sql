-- scans thread: of a slice, all of it
SELECT
    id, seq, created_seq, channel, uri, title, url, alias_of, is_ours
FROM thread ORDER BY id;
