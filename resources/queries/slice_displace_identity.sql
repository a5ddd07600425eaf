DELETE FROM main.identity WHERE id IN (
    SELECT o.id FROM slice.identity AS n CROSS JOIN main.identity AS o
    ON o.channel = n.channel AND o.remote_id = n.remote_id AND o.remote_id <> '' AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.identity AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
