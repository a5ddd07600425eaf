SELECT * FROM journal WHERE seq > :since ORDER BY seq LIMIT :limit;
