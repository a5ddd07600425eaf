INSERT INTO seen (agent, conversation, message, at) VALUES (:agent, :conversation, :message, :at)
ON CONFLICT DO UPDATE SET message = excluded.message, at = excluded.at;
