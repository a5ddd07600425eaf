-- scans identity_index: the index itself, as far as the limit
SELECT i.id, i.name, i.handle
FROM (SELECT rowid AS id FROM identity_index WHERE identity_index MATCH :match LIMIT :limit) AS w
    CROSS JOIN identity AS i ON i.id = w.id;
