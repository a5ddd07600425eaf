SELECT * FROM team_member WHERE seq > :since ORDER BY seq LIMIT :limit;
