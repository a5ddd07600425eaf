-- scans team_member: of a slice, all of it
SELECT
    id, seq, created_seq, channel, team, agent
FROM team_member ORDER BY id;
