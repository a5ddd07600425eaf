DELETE FROM main.team_member WHERE id IN (
    SELECT o.id FROM slice.team_member AS n CROSS JOIN main.team_member AS o
    ON o.team = n.team AND o.agent = n.agent AND o.id <> n.id
    WHERE NOT EXISTS (SELECT 1 FROM main.team_member AS h WHERE h.id = n.id AND h.seq >= n.seq)
);
