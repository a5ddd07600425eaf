-- scans draft: once, when its agent was disabled; what is not sent of one agent's desk is little
SELECT text, '' FROM draft WHERE text <> '' UNION ALL SELECT '', body FROM outbox WHERE state IN (0, 1, 3);
