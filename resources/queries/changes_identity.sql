SELECT * FROM identity WHERE seq > :since ORDER BY seq LIMIT :limit;
