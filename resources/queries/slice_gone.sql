SELECT seq, name, coalesce(channel, 0), row FROM tombstone WHERE seq > :since ORDER BY seq;
