-- scans unindexed: from its newest end, as many as are asked for
SELECT message FROM unindexed ORDER BY at DESC, message DESC LIMIT :most;
