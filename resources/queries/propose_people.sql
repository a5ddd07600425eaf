-- scans identity_index: the index itself, newest first, as far as the limit
WITH found (contact, channel, name, handle) AS (
    SELECT * FROM (SELECT contact, channel, name, handle FROM identity
                   WHERE handle COLLATE NOCASE IN (:from, '@' || :from) LIMIT :limit)
    UNION ALL
    SELECT * FROM (SELECT contact, channel, name, handle FROM identity
                   WHERE name COLLATE NOCASE >= :from AND name COLLATE NOCASE < :end
                   ORDER BY name COLLATE NOCASE LIMIT :limit)
    UNION ALL
    SELECT * FROM (SELECT contact, channel, name, handle FROM identity
                   WHERE handle COLLATE NOCASE >= '@' || :from AND handle COLLATE NOCASE < '@' || :end
                   ORDER BY handle COLLATE NOCASE LIMIT :limit)
    UNION ALL
    SELECT * FROM (SELECT contact, channel, name, handle FROM identity
                   WHERE handle COLLATE NOCASE >= :from AND handle COLLATE NOCASE < :end
                   ORDER BY handle COLLATE NOCASE LIMIT :limit)
    UNION ALL
    SELECT i.contact, i.channel, i.name, i.handle
    FROM (SELECT rowid AS id FROM identity_index
          WHERE identity_index MATCH :match ORDER BY rowid DESC LIMIT :limit) AS w
        CROSS JOIN identity AS i ON i.id = w.id
)
SELECT (
    WITH RECURSIVE up (id, merged_into) AS (
        SELECT id, merged_into FROM contact WHERE id = f.contact
        UNION SELECT c.id, c.merged_into FROM up CROSS JOIN contact AS c ON c.id = up.merged_into
    ) SELECT id FROM up WHERE merged_into IS NULL
), f.name, f.handle, n.name
FROM found AS f CROSS JOIN channel AS n ON n.id = f.channel;
