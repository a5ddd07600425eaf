-- scans: one row for each status, agent and channel
SELECT assignee, sum(n) FROM tally WHERE status = 0 AND assignee > 0 GROUP BY assignee;
