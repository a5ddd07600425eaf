-- How many messages of a conversation's thread may be shown as its own are, and the first: what all of it is about.
WITH
root (id) AS (
    SELECT coalesce(t.alias_of, t.id) FROM conversation AS v CROSS JOIN thread AS t ON t.id = v.thread
    WHERE v.id = :conversation
),
threads (id) AS (
    SELECT id FROM root
    UNION SELECT t.id FROM root CROSS JOIN thread AS t ON t.alias_of = root.id
)
SELECT count(*), id, min(at) FROM (
    SELECT m.id AS id, m.sort_at AS at FROM threads CROSS JOIN message AS m ON m.thread = threads.id
    WHERE m.conversation IS NULL
    UNION ALL
    SELECT m.id AS id, m.sort_at AS at
    FROM threads CROSS JOIN conversation AS v ON v.thread = threads.id CROSS JOIN message AS m ON m.conversation = v.id
    WHERE (v.id = :conversation OR v.is_private = 0) AND m.kind <> 2 AND m.visibility <> 3
        AND (v.id = :conversation OR m.kind <> 1 OR m.uri <> '')
);
