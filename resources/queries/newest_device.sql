SELECT seq, channel, id FROM device WHERE seq < :before ORDER BY seq DESC;
