-- scans unindexed_identity: all of it goes
DELETE FROM unindexed_identity;
