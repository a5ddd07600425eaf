INSERT OR IGNORE INTO unindexed_identity (identity) SELECT id FROM given(:rows);
