INSERT INTO main.thread (
    id, seq, created_seq, channel, uri, title, url, alias_of
) SELECT
    id, seq, created_seq, channel, uri, title, url, alias_of
FROM slice.thread WHERE true ORDER BY id
ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, uri = excluded.uri,
    title = excluded.title, url = excluded.url, alias_of = excluded.alias_of
WHERE excluded.seq > thread.seq;
