INSERT INTO view_count (view, owner, n)
SELECT view, owner, count(*) FROM view_fit
WHERE view = :view AND conversation > :from AND conversation <= :to AND wanted = tag_count AND unwanted = 0
GROUP BY owner
ON CONFLICT DO UPDATE SET n = n + excluded.n;
