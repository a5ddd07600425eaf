INSERT INTO slice.team_member SELECT * FROM main.team_member WHERE channel IS NULL;
