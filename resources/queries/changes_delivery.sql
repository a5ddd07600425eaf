SELECT * FROM delivery WHERE seq > :since ORDER BY seq LIMIT :limit;
