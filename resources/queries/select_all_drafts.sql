-- scans draft: for tests
SELECT conversation FROM draft;
