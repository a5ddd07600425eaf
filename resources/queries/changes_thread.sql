SELECT * FROM thread WHERE seq > :since ORDER BY seq LIMIT :limit;
