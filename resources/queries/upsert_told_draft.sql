INSERT INTO told_draft (agent, conversation, mode, version, body, was, at)
VALUES (:agent, :conversation, :mode, :version, :body, :was, :at)
ON CONFLICT (agent, conversation, mode) DO UPDATE SET version = excluded.version, body = excluded.body,
    was = excluded.was, at = excluded.at;
