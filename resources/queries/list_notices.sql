SELECT n.id, n.text, n.until, n.channel, n.tag, n.shared_view, n.list, n.agent, a.name, n.at
FROM notice AS n CROSS JOIN agent AS a ON a.id = n.agent
WHERE n.until > :now ORDER BY n.id;
