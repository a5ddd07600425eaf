-- scans: for benchmarks
SELECT id FROM conversation ORDER BY message_count DESC LIMIT 1;
