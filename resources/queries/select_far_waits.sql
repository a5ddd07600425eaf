SELECT id, state, held_until, retry_at, failure, failure_detail FROM delivery
WHERE state IN (2, 3, 4, 5, 7, 8) AND state IN (3, 4) AND channel = :channel
    AND (retry_at > :retry_at OR state = 3 AND held_until > :held_until);
