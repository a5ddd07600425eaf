SELECT * FROM message WHERE seq > :since ORDER BY seq LIMIT :limit;
