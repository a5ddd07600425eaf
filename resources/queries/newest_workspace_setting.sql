SELECT seq, channel, id FROM workspace_setting WHERE seq < :before ORDER BY seq DESC;
