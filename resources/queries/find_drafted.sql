-- Where an agent has begun to write; at a server as the agent's devices tell it.
SELECT conversation FROM draft AS d
WHERE d.agent = :agent AND (trim(d.text) <> '' OR d.media NOT IN ('', '[]') OR d.elsewhere > 0)
UNION SELECT conversation FROM told_draft WHERE agent = :agent AND body <> ''
LIMIT :limit;
