-- The caller numbers them.
UPDATE seen SET message = :message - 1
WHERE agent IN (SELECT a.id FROM agent AS a) AND conversation = :conversation AND message >= :message
RETURNING agent;
