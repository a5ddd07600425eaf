INSERT INTO seen (agent, conversation, message, at, version) VALUES (:agent, :conversation, :message, :at, :version)
ON CONFLICT DO UPDATE SET message = excluded.message, at = excluded.at, version = excluded.version;
