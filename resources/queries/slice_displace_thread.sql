DELETE FROM main.thread WHERE id IN (
    SELECT o.id FROM slice.thread AS n CROSS JOIN main.thread AS o
    ON o.channel = n.channel AND o.uri = n.uri AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.thread AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
