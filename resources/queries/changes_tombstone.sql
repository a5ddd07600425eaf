SELECT seq, name, row FROM tombstone WHERE seq > :since ORDER BY seq LIMIT :limit;
