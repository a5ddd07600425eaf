SELECT t.id, t.agent, t.device, t.name, t.hash, t.created_at, t.last_used_at, t.revoked_at, t.erase_asked_at, t.erased_at, a.disabled
FROM token AS t JOIN agent AS a ON a.id = t.agent
WHERE t.id = :id;
