SELECT l.at, l.kind, l.agent, CASE WHEN l.name = '' THEN coalesce(a.name, '') ELSE l.name END, l.address, l.token, l.detail
FROM access_log AS l LEFT JOIN agent AS a ON a.id = l.agent
WHERE l.id < :before
ORDER BY l.id DESC LIMIT :limit;
