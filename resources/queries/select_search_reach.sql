SELECT
    coalesce((SELECT value FROM meta WHERE name = 'replica_reach'), ''),
    coalesce((SELECT max(at) FROM unindexed), 0),
    (SELECT max(at) FROM unindexed) IS NOT NULL;
