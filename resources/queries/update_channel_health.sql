UPDATE channel SET seq = :seq, health = :health, health_detail = :detail, health_until = :until,
    health_since = CASE WHEN health = :health THEN health_since ELSE :since END
WHERE id = :id;
