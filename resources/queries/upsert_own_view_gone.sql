INSERT INTO own_view_gone (of_agent, uuid, version) VALUES (:of_agent, :uuid, :version)
ON CONFLICT DO UPDATE SET version = excluded.version;
