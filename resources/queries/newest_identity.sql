SELECT seq, channel, id FROM identity WHERE seq < :before ORDER BY seq DESC;
