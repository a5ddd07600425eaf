SELECT a.id, a.disabled, c.password
FROM agent AS a JOIN account AS c ON c.agent = a.id
WHERE a.name = :name;
