DELETE FROM main.message WHERE id IN (
    SELECT o.id FROM slice.message AS n CROSS JOIN main.message AS o
    ON o.uuid = n.uuid AND o.uuid IS NOT NULL AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.message AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
