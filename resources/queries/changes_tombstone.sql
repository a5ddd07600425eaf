SELECT seq, name, row, channel FROM tombstone WHERE seq > :since ORDER BY seq LIMIT :limit;
