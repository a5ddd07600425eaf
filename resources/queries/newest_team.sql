SELECT seq, channel, id FROM team WHERE seq < :before ORDER BY seq DESC;
