-- scans commit_log: a thorough check
SELECT last_seq, next_seq
FROM (SELECT last_seq, lead(first_seq) OVER (ORDER BY first_seq) AS next_seq FROM commit_log)
WHERE next_seq <> last_seq + 1 LIMIT 1;
