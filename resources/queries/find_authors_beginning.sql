SELECT id FROM (SELECT id FROM identity
                WHERE handle COLLATE NOCASE >= :from AND handle COLLATE NOCASE < :end LIMIT :limit)
UNION ALL
SELECT id FROM (SELECT id FROM identity
                WHERE handle COLLATE NOCASE >= '@' || :from AND handle COLLATE NOCASE < '@' || :end LIMIT :limit)
UNION ALL
SELECT id FROM (SELECT id FROM identity
                WHERE name COLLATE NOCASE >= :from AND name COLLATE NOCASE < :end LIMIT :limit);
