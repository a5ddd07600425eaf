SELECT seq, channel, id FROM note_mention WHERE seq < :before ORDER BY seq DESC;
