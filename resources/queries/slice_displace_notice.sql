DELETE FROM main.notice WHERE id IN (
    SELECT o.id FROM slice.notice AS n CROSS JOIN main.notice AS o
    ON o.uuid = n.uuid AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.notice AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
