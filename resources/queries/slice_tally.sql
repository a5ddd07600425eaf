INSERT INTO tally (status, assignee, channel, n)
SELECT c.status, coalesce(c.assignee, 0), c.channel, count(*)
FROM given(:rows) AS g CROSS JOIN conversation AS c ON c.id = g.id WHERE true GROUP BY 1, 2, 3
ON CONFLICT DO UPDATE SET n = n + excluded.n;
