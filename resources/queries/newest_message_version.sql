SELECT seq, channel, id FROM message_version WHERE seq < :before ORDER BY seq DESC;
