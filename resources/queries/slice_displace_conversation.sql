DELETE FROM main.conversation WHERE id IN (
    SELECT o.id FROM slice.conversation AS n CROSS JOIN main.conversation AS o
    ON o.channel = n.channel AND o.thread = n.thread AND o.identity = n.identity AND o.ordinal = n.ordinal AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.conversation AS h WHERE h.id = n.id AND h.seq >= n.seq)
    UNION ALL SELECT o.id FROM slice.conversation AS n CROSS JOIN main.conversation AS o
    ON o.number = n.number AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.conversation AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
