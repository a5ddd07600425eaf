SELECT later.effect FROM delivery AS one CROSS JOIN delivery AS later ON later.message = one.message
WHERE one.id = :id AND later.id > one.id AND later.effect <> 0 AND later.state IN (5, 6, 7, 8)
    AND later.queued_at >= one.queued_at;
