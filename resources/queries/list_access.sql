SELECT at, kind, agent, name, address, token, detail FROM access_log WHERE id < :before ORDER BY id DESC LIMIT :limit;
