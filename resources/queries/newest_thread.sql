SELECT seq, channel, id FROM thread WHERE seq < :before ORDER BY seq DESC;
