DELETE FROM main.note_mention WHERE id IN (
    SELECT o.id FROM slice.note_mention AS n CROSS JOIN main.note_mention AS o
    ON o.message = n.message AND o.agent = n.agent AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.note_mention AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
