DELETE FROM main.journal WHERE id IN (
    SELECT o.id FROM slice.journal AS n CROSS JOIN main.journal AS o
    ON o.action = n.action AND o.action IS NOT NULL AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.journal AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
