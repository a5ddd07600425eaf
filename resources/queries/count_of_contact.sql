-- Of a contact and all that were merged with it. Snoozed until a past time is open.
WITH RECURSIVE
up (id, merged_into) AS (
    SELECT id, merged_into FROM contact WHERE id = :contact
    UNION SELECT c.id, c.merged_into FROM up CROSS JOIN contact AS c ON c.id = up.merged_into
),
family (id) AS (
    SELECT id FROM up
    UNION SELECT c.id FROM family CROSS JOIN contact AS c ON c.merged_into = family.id
)
SELECT count(*), coalesce(sum(v.status = 0 OR (v.status = 2 AND v.snoozed_until <= :now)), 0)
FROM family CROSS JOIN conversation AS v ON v.contact = family.id;
