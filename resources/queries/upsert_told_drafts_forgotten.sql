INSERT INTO told_draft_forgotten (agent, version) VALUES (:agent, :version)
ON CONFLICT (agent) DO UPDATE SET version = max(version, excluded.version);
