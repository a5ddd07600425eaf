DELETE FROM main.channel WHERE id IN (
    SELECT o.id FROM slice.channel AS n CROSS JOIN main.channel AS o
    ON o.uuid = n.uuid AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.channel AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
