-- sorts: at most what one contact has written, in all its identities
WITH RECURSIVE
up (id, merged_into) AS (
    SELECT id, merged_into FROM contact WHERE id = :contact
    UNION SELECT c.id, c.merged_into FROM up CROSS JOIN contact AS c ON c.id = up.merged_into
),
family (id) AS (
    SELECT id FROM up
    UNION SELECT c.id FROM family CROSS JOIN contact AS c ON c.merged_into = family.id
)
SELECT v.id, v.last_message_at AS at FROM family CROSS JOIN conversation AS v ON v.contact = family.id
WHERE (v.last_message_at, v.id) < (:at, :id) AND (1 << v.status) & :statuses
ORDER BY at DESC, v.id DESC LIMIT :limit;
