DELETE FROM main.tag WHERE id IN (
    SELECT o.id FROM slice.tag AS n CROSS JOIN main.tag AS o
    ON o.uuid = n.uuid AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.tag AS h WHERE h.id = n.id AND h.seq >= n.seq)
    UNION ALL SELECT o.id FROM slice.tag AS n CROSS JOIN main.tag AS o
    ON o.name = n.name COLLATE NOCASE AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.tag AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
