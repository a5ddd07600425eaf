INSERT INTO access_log (at, kind, agent, name, address, token, detail)
VALUES (:at, :kind, :agent, :name, :address, :token, :detail);
