-- scans unindexed_identity: for one row
SELECT 1 FROM unindexed_identity LIMIT 1;
