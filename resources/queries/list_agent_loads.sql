SELECT k.agent, k.n,
    coalesce((SELECT min(c.waiting_since) FROM conversation AS c INDEXED BY conversation_open
        WHERE c.status = 0 AND c.assignee = k.agent AND c.needs_answer = 1), 0)
FROM (SELECT assignee AS agent, sum(n) AS n FROM tally WHERE status = 0 AND assignee > 0 GROUP BY assignee) AS k;
