-- scans message: all of them
INSERT OR IGNORE INTO unindexed (message) SELECT id FROM message;
