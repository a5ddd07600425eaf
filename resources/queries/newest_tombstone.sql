SELECT seq, channel, row FROM tombstone WHERE name = :name AND seq < :before ORDER BY seq DESC;
