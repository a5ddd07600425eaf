CREATE TABLE slice.team_member AS SELECT * FROM main.team_member LIMIT 0;
