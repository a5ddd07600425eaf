INSERT INTO identity (
    id, seq, created_seq, channel, contact, remote_id, handle, name, url
) VALUES (
    :id, :seq, :created_seq, :channel, :contact, :remote_id, :handle, :name, :url
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel,
    contact = excluded.contact, remote_id = excluded.remote_id, handle = excluded.handle, name = excluded.name,
    url = excluded.url
WHERE excluded.seq > identity.seq - :again;
