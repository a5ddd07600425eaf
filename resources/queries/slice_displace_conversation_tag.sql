DELETE FROM main.conversation_tag WHERE id IN (
    SELECT o.id FROM slice.conversation_tag AS n CROSS JOIN main.conversation_tag AS o
    ON o.conversation = n.conversation AND o.tag = n.tag AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.conversation_tag AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
