-- scans identity_index: the index itself, newest first, as far as the limit
-- The last column: 1 = by the name, 0 = by the handle, 2 = by words of either.
SELECT name, handle, 0 FROM (SELECT name, handle FROM identity
                WHERE handle COLLATE NOCASE IN (:from, '@' || :from) LIMIT :limit)
UNION ALL
SELECT name, handle, 1 FROM (SELECT name, handle FROM identity
                WHERE name COLLATE NOCASE >= :from AND name COLLATE NOCASE < :end
                ORDER BY name COLLATE NOCASE LIMIT :limit)
UNION ALL
SELECT name, handle, 0 FROM (SELECT name, handle FROM identity
                WHERE handle COLLATE NOCASE >= '@' || :from AND handle COLLATE NOCASE < '@' || :end
                ORDER BY handle COLLATE NOCASE LIMIT :limit)
UNION ALL
SELECT name, handle, 0 FROM (SELECT name, handle FROM identity
                WHERE handle COLLATE NOCASE >= :from AND handle COLLATE NOCASE < :end
                ORDER BY handle COLLATE NOCASE LIMIT :limit)
UNION ALL
SELECT i.name, i.handle, 2 FROM (SELECT rowid AS id FROM identity_index
                WHERE identity_index MATCH :match ORDER BY rowid DESC LIMIT :limit) AS w
    CROSS JOIN identity AS i ON i.id = w.id;
