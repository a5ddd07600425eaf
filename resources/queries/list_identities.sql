-- sorts: at most the identities of one contact
WITH RECURSIVE
up (id, merged_into) AS (
    SELECT id, merged_into FROM contact WHERE id = :contact
    UNION SELECT c.id, c.merged_into FROM up CROSS JOIN contact AS c ON c.id = up.merged_into
),
family (id, merged_into) AS (
    SELECT id, merged_into FROM up
    UNION SELECT c.id, c.merged_into FROM family CROSS JOIN contact AS c ON c.merged_into = family.id
)
SELECT i.id, n.network, i.handle, i.name, i.url, i.contact, f.merged_into,
    coalesce((SELECT v.followers FROM conversation AS v WHERE v.contact = i.contact ORDER BY v.last_message_at DESC LIMIT 1), 0)
FROM family AS f CROSS JOIN identity AS i ON i.contact = f.id CROSS JOIN channel AS n ON n.id = i.channel
ORDER BY i.id LIMIT :limit;
