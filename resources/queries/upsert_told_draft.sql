INSERT INTO told_draft (agent, conversation, mode, version, body)
VALUES (:agent, :conversation, :mode, :version, :body)
ON CONFLICT (agent, conversation, mode) DO UPDATE SET version = excluded.version, body = excluded.body;
