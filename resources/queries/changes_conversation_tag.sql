SELECT * FROM conversation_tag WHERE seq > :since ORDER BY seq LIMIT :limit;
