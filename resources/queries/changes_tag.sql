SELECT * FROM tag WHERE seq > :since ORDER BY seq LIMIT :limit;
