SELECT seq, channel, id FROM notice WHERE seq < :before ORDER BY seq DESC;
