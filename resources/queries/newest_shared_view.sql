SELECT seq, channel, id FROM shared_view WHERE seq < :before ORDER BY seq DESC;
