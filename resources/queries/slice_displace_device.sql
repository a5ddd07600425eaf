DELETE FROM main.device WHERE id IN (
    SELECT o.id FROM slice.device AS n CROSS JOIN main.device AS o
    ON o.uuid = n.uuid AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.device AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
