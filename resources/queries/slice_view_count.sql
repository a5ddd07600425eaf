INSERT INTO view_count (view, owner, n)
SELECT f.view, f.owner, count(*)
FROM given(:rows) AS g CROSS JOIN view_fit AS f ON f.conversation = g.id
WHERE g.id <= f.counted_to AND f.wanted = f.tag_count AND f.unwanted = 0 GROUP BY 1, 2
ON CONFLICT DO UPDATE SET n = n + excluded.n;
