-- scans: the few channels of a workspace
SELECT id FROM channel WHERE removed_at = 0 ORDER BY id;
