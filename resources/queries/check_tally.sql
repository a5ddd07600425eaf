-- scans conversation: a recount of everything is what is asked for
SELECT count(*) FROM (
    SELECT status, owner, channel FROM (
        SELECT status, coalesce(assignee, 0) AS owner, channel, 1 AS n FROM conversation
        UNION ALL SELECT status, assignee, channel, -n FROM tally
    )
    GROUP BY status, owner, channel HAVING sum(n) <> 0
);
