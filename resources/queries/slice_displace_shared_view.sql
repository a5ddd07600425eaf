DELETE FROM main.shared_view WHERE id IN (
    SELECT o.id FROM slice.shared_view AS n CROSS JOIN main.shared_view AS o
    ON o.uuid = n.uuid AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.shared_view AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
