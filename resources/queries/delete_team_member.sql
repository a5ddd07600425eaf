DELETE FROM team_member WHERE id = :id;
