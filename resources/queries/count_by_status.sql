-- scans: one row for each status, agent and channel
SELECT status, sum(n), sum(CASE WHEN assignee = :me THEN n ELSE 0 END), sum(CASE WHEN assignee = 0 THEN n ELSE 0 END)
FROM tally GROUP BY status;
