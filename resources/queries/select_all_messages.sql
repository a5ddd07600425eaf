-- scans message: for tests
SELECT id FROM message;
