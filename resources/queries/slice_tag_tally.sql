INSERT INTO tag_tally (tag, n)
SELECT t.tag, count(*)
FROM given(:rows) AS g CROSS JOIN conversation_tag AS t ON t.id = g.id WHERE true GROUP BY 1
ON CONFLICT DO UPDATE SET n = n + excluded.n;
