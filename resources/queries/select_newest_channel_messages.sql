SELECT uri, remote_id FROM message
WHERE id > (SELECT max(id) - 3000 FROM message) AND +channel = :channel AND uri <> '' AND presence = 0
ORDER BY id DESC LIMIT :limit;
