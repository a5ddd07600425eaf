DELETE FROM main.macro WHERE id IN (
    SELECT o.id FROM slice.macro AS n CROSS JOIN main.macro AS o
    ON o.key = n.key AND o.key <> '' AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.macro AS h WHERE h.id = n.id AND h.seq >= n.seq)
    UNION ALL SELECT o.id FROM slice.macro AS n CROSS JOIN main.macro AS o
    ON o.name = n.name COLLATE NOCASE AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.macro AS h WHERE h.id = n.id AND h.seq >= n.seq)
    UNION ALL SELECT o.id FROM slice.macro AS n CROSS JOIN main.macro AS o
    ON o.uuid = n.uuid AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.macro AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
