SELECT seq, channel, id FROM conversation WHERE seq < :before ORDER BY seq DESC;
