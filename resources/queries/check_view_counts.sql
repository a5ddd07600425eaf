-- scans conversation: a recount of everything is what is asked for
SELECT count(*) FROM (
    SELECT view, owner FROM (
        SELECT view, owner, 1 AS n FROM view_fit WHERE conversation <= counted_to AND wanted = tag_count AND unwanted = 0
        UNION ALL SELECT view, owner, -n FROM view_count
    )
    GROUP BY view, owner HAVING sum(n) <> 0
);
