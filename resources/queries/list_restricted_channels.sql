SELECT c.id, EXISTS (SELECT 1 FROM team_member AS m WHERE m.team = c.team AND m.agent = :agent)
FROM channel AS c WHERE c.team IS NOT NULL ORDER BY c.id;
