-- scans: for tests
SELECT id FROM message;
