-- scans: for tests
SELECT conversation FROM draft;
