SELECT seq, channel, id FROM conversation_tag WHERE seq < :before ORDER BY seq DESC;
