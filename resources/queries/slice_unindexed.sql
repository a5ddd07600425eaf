INSERT OR REPLACE INTO unindexed (message, at) SELECT id, sort_at FROM given(:rows);
