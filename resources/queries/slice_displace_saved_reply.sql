DELETE FROM main.saved_reply WHERE id IN (
    SELECT o.id FROM slice.saved_reply AS n CROSS JOIN main.saved_reply AS o
    ON o.name = n.name COLLATE NOCASE AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.saved_reply AS h WHERE h.id = n.id AND h.seq >= n.seq)
    UNION ALL SELECT o.id FROM slice.saved_reply AS n CROSS JOIN main.saved_reply AS o
    ON o.uuid = n.uuid AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.saved_reply AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
