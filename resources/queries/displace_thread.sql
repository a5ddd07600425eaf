DELETE FROM thread
WHERE (channel = :channel AND uri = :uri AND id <> :id);
