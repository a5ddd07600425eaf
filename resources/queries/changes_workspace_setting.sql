SELECT * FROM workspace_setting WHERE seq > :since ORDER BY seq LIMIT :limit;
