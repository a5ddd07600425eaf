SELECT * FROM media WHERE seq > :since ORDER BY seq LIMIT :limit;
