-- While something waits it may name what an older one made.
DELETE FROM outbox
WHERE id IN (SELECT id FROM outbox WHERE state = 4 AND done_at > 0 AND done_at < :before LIMIT :most)
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE state < 3);
