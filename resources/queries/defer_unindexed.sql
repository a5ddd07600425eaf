UPDATE unindexed SET at = (SELECT sort_at FROM message WHERE id = unindexed.message) WHERE at IS NULL;
