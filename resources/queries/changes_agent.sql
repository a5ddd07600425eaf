SELECT * FROM agent WHERE seq > :since ORDER BY seq LIMIT :limit;
