SELECT
    coalesce((SELECT value FROM meta WHERE name = 'replica_reach'), ''),
    coalesce((SELECT sort_at FROM message WHERE id = (SELECT max(message) FROM unindexed)), 0);
