-- Of the server's rows: not of what is shown ahead of it.
SELECT created_seq, agent, device, after FROM journal
WHERE conversation = (SELECT conversation FROM message WHERE id = :message) AND message = :message AND kind = :kind
    AND created_seq > :since AND id < 4611686018427387904
ORDER BY id DESC;
