SELECT * FROM macro WHERE seq > :since ORDER BY seq LIMIT :limit;
