SELECT * FROM device WHERE seq > :since ORDER BY seq LIMIT :limit;
