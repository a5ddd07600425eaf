INSERT INTO told_draft (agent, conversation, mode, version, body, at)
VALUES (:agent, :conversation, :mode, :version, :body, :at)
ON CONFLICT (agent, conversation, mode) DO UPDATE SET version = excluded.version, body = excluded.body,
    at = excluded.at;
