SELECT * FROM shared_view WHERE seq > :since ORDER BY seq LIMIT :limit;
