-- scans: one row for each status, agent and channel
SELECT channel, sum(n) FROM tally
WHERE (:status < 0 OR status = :status) AND (:assignee < 0 OR assignee = :assignee)
GROUP BY channel;
