INSERT INTO personal_version (agent, version) VALUES (:agent, :count)
ON CONFLICT DO UPDATE SET version = version + excluded.version RETURNING version;
