SELECT * FROM channel WHERE seq > :since ORDER BY seq LIMIT :limit;
