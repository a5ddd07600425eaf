DELETE FROM main.workspace_setting WHERE id IN (
    SELECT o.id FROM slice.workspace_setting AS n CROSS JOIN main.workspace_setting AS o
    ON o.name = n.name AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.workspace_setting AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
