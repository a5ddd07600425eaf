SELECT seq, channel, row FROM tombstone WHERE name = :name AND seq > :since ORDER BY seq LIMIT :limit;
