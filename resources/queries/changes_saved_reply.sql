SELECT * FROM saved_reply WHERE seq > :since ORDER BY seq LIMIT :limit;
