-- sorts: at most one thread: what stands in no conversation, and :conversations of others
WITH
root (id) AS (
    SELECT coalesce(t.alias_of, t.id) FROM conversation AS v CROSS JOIN thread AS t ON t.id = v.thread
    WHERE v.id = :conversation
),
threads (id) AS (
    SELECT id FROM root
    UNION SELECT t.id FROM root CROSS JOIN thread AS t ON t.alias_of = root.id
),
others (id) AS (
    SELECT v.id FROM threads CROSS JOIN conversation AS v ON v.thread = threads.id
    WHERE v.id <> :conversation AND v.is_private = 0
    ORDER BY v.id DESC LIMIT :conversations
)
SELECT m.id AS id, m.sort_at AS at FROM threads CROSS JOIN message AS m ON m.thread = threads.id
WHERE m.conversation IS NULL
UNION ALL
SELECT m.id AS id, m.sort_at AS at FROM others CROSS JOIN message AS m ON m.conversation = others.id
WHERE m.kind <> 2 AND m.visibility <> 3 AND (m.kind <> 1 OR m.uri <> '')
ORDER BY at DESC, id DESC LIMIT :limit;
