SELECT seq, channel, id FROM saved_reply WHERE seq < :before ORDER BY seq DESC;
