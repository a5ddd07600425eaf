INSERT INTO upload (hash, agent, type, size, at) VALUES (:hash, :agent, :type, :size, :at)
ON CONFLICT (hash, agent) DO UPDATE SET at = excluded.at, type = excluded.type;
