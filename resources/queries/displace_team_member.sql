DELETE FROM team_member
WHERE (team = :team AND agent = :agent AND id <> :id);
