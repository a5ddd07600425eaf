DELETE FROM journal
WHERE (action = :action AND action IS NOT NULL AND id <> :id);
