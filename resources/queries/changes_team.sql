SELECT * FROM team WHERE seq > :since ORDER BY seq LIMIT :limit;
