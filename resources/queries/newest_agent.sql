SELECT seq, channel, id FROM agent WHERE seq < :before ORDER BY seq DESC;
