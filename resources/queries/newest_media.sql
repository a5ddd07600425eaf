SELECT seq, channel, id FROM media WHERE seq < :before ORDER BY seq DESC;
