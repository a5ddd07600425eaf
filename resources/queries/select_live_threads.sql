-- scans thread: for tests
SELECT id FROM thread WHERE alias_of IS NULL;
