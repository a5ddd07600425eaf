DELETE FROM main.team WHERE id IN (
    SELECT o.id FROM slice.team AS n CROSS JOIN main.team AS o
    ON o.uuid = n.uuid AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.team AS h WHERE h.id = n.id AND h.seq >= n.seq)
    UNION ALL SELECT o.id FROM slice.team AS n CROSS JOIN main.team AS o
    ON o.name = n.name AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.team AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
