SELECT seq, channel, id FROM journal WHERE seq < :before ORDER BY seq DESC;
