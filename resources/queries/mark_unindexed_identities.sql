-- scans identity: all of them
INSERT OR IGNORE INTO unindexed_identity (identity) SELECT id FROM identity;
