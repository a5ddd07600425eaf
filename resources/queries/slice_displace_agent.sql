DELETE FROM main.agent WHERE id IN (
    SELECT o.id FROM slice.agent AS n CROSS JOIN main.agent AS o
    ON o.name = n.name AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.agent AS h WHERE h.id = n.id AND h.seq >= n.seq)
    UNION ALL SELECT o.id FROM slice.agent AS n CROSS JOIN main.agent AS o
    ON o.uuid = n.uuid AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.agent AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
