-- scans team_member: all of it goes
DELETE FROM team_member;
