-- sorts: at most all conversations, for benchmarks alone
-- scans conversation: for benchmarks
SELECT id FROM conversation ORDER BY message_count DESC LIMIT 1;
