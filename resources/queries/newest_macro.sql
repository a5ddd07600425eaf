SELECT seq, channel, id FROM macro WHERE seq < :before ORDER BY seq DESC;
