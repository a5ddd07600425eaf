INSERT INTO main.identity (
    id, seq, created_seq, channel, contact, remote_id, handle, name, url
) SELECT
    id, seq, created_seq, channel, contact, remote_id, handle, name, url
FROM slice.identity WHERE true ORDER BY id
ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel,
    contact = excluded.contact, remote_id = excluded.remote_id, handle = excluded.handle, name = excluded.name,
    url = excluded.url
WHERE excluded.seq > identity.seq - :again;
