SELECT seq, channel, id FROM tag WHERE seq < :before ORDER BY seq DESC;
