DELETE FROM unindexed;
