SELECT * FROM notice WHERE seq > :since ORDER BY seq LIMIT :limit;
