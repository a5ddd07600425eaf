-- scans identity: of a slice, all of it
SELECT
    id, seq, created_seq, channel, contact, remote_id, handle, name, url
FROM identity ORDER BY id;
