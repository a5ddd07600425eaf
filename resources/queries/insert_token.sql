INSERT INTO token (id, agent, device, name, hash, created_at)
VALUES (:id, :agent, :device, :name, :hash, :at);
