SELECT seq, channel, id FROM team_member WHERE seq < :before ORDER BY seq DESC;
