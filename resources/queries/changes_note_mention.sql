SELECT * FROM note_mention WHERE seq > :since ORDER BY seq LIMIT :limit;
