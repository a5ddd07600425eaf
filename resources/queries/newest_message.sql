SELECT seq, channel, id FROM message WHERE seq < :before ORDER BY seq DESC;
