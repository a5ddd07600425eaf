SELECT id, effect, state FROM delivery WHERE message = :message AND effect <> 0 AND state IN (3, 4, 5, 8)
ORDER BY id DESC;
