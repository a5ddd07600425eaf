-- scans conversation_tag: a recount of everything is what is asked for
SELECT count(*) FROM (
    SELECT tag FROM (SELECT tag, 1 AS n FROM conversation_tag UNION ALL SELECT tag, -n FROM tag_tally)
    GROUP BY tag HAVING sum(n) <> 0
);
