SELECT id, channel FROM team_member WHERE team = :team;
