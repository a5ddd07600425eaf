SELECT seq, channel, id FROM delivery WHERE seq < :before ORDER BY seq DESC;
