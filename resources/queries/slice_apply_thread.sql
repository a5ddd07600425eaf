INSERT INTO thread (
    id, seq, created_seq, channel, uri, title, url, alias_of, is_ours
) VALUES (
    :id, :seq, :created_seq, :channel, :uri, :title, :url, :alias_of, :is_ours
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, uri = excluded.uri,
    title = excluded.title, url = excluded.url, alias_of = excluded.alias_of, is_ours = excluded.is_ours
WHERE excluded.seq > thread.seq - :again;
