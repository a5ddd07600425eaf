SELECT m.team, m.agent FROM team_member AS m CROSS JOIN agent AS a ON a.id = m.agent
ORDER BY m.team, a.name COLLATE NOCASE, a.id;
