INSERT OR REPLACE INTO unindexed (message, at) VALUES (:message, :at);
