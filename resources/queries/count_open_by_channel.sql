-- scans: one row for each status, agent and channel
SELECT channel, sum(n) FROM tally WHERE status = 0 GROUP BY channel;
