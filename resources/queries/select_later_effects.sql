-- An older row is the newer wish where a person tried it again; its attempt tells that from a clock that was set back.
SELECT later.effect FROM delivery AS one CROSS JOIN delivery AS later ON later.message = one.message
WHERE one.id = :id AND later.effect <> 0 AND (later.state IN (5, 6, 8) OR later.state = 7 AND later.attempts > 0)
    AND (later.queued_at, later.id) > (one.queued_at, one.id) AND (later.id > one.id
        OR (SELECT max(id) FROM attempt WHERE delivery = later.id) >
            (SELECT max(id) FROM attempt WHERE delivery = one.id));
