INSERT INTO account (agent, password, changed_at) VALUES (:agent, :password, :at)
ON CONFLICT (agent) DO UPDATE SET password = excluded.password, changed_at = excluded.changed_at;
