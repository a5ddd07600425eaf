DELETE FROM main.delivery WHERE id IN (
    SELECT o.id FROM slice.delivery AS n CROSS JOIN main.delivery AS o
    ON o.uuid = n.uuid AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.delivery AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
