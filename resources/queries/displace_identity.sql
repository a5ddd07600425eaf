DELETE FROM identity
WHERE (channel = :channel AND remote_id = :remote_id AND remote_id <> '' AND id <> :id);
