SELECT * FROM contact WHERE seq > :since ORDER BY seq LIMIT :limit;
