SELECT * FROM message_version WHERE seq > :since ORDER BY seq LIMIT :limit;
