-- scans access_log: once in a thousand lines, from the newest on
DELETE FROM access_log
WHERE :class = CASE WHEN kind IN ('logIn', 'passwordSet', 'tokenMade', 'tokenRevoked', 'eraseAsked', 'erased') THEN 0 WHEN agent IS NULL THEN 2 ELSE 1 END
    AND id <= (
        SELECT id FROM access_log
        WHERE :class = CASE WHEN kind IN ('logIn', 'passwordSet', 'tokenMade', 'tokenRevoked', 'eraseAsked', 'erased') THEN 0 WHEN agent IS NULL THEN 2 ELSE 1 END
        ORDER BY id DESC LIMIT 1 OFFSET :keep);
