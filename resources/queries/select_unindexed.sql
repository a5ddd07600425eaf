-- scans unindexed: for one row
SELECT 1 FROM unindexed LIMIT 1;
