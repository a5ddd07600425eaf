SELECT * FROM conversation WHERE seq > :since ORDER BY seq LIMIT :limit;
