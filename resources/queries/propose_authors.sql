SELECT name, handle, TRUE FROM (SELECT name, handle FROM identity
                WHERE name COLLATE NOCASE >= :from AND name COLLATE NOCASE < :end
                ORDER BY name COLLATE NOCASE LIMIT :limit)
UNION ALL
SELECT name, handle, FALSE FROM (SELECT name, handle FROM identity
                WHERE handle COLLATE NOCASE >= '@' || :from AND handle COLLATE NOCASE < '@' || :end
                ORDER BY handle COLLATE NOCASE LIMIT :limit)
UNION ALL
SELECT name, handle, FALSE FROM (SELECT name, handle FROM identity
                WHERE handle COLLATE NOCASE >= :from AND handle COLLATE NOCASE < :end
                ORDER BY handle COLLATE NOCASE LIMIT :limit);
