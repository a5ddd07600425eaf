SELECT seq, channel, id FROM channel WHERE seq < :before ORDER BY seq DESC;
