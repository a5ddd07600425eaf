DELETE FROM main.media WHERE id IN (
    SELECT o.id FROM slice.media AS n CROSS JOIN main.media AS o
    ON o.message = n.message AND o.position = n.position AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.media AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
