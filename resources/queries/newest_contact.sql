SELECT seq, channel, id FROM contact WHERE seq < :before ORDER BY seq DESC;
