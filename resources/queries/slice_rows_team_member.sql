-- scans team_member: of a slice, all of it
SELECT * FROM team_member ORDER BY id;
