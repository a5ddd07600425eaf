SELECT t.id, t.name, EXISTS (SELECT 1 FROM team_member AS m WHERE m.team = t.id AND m.agent = :agent),
    EXISTS (SELECT 1 FROM channel AS c WHERE c.team = t.id)
FROM team AS t WHERE t.id = :id;
