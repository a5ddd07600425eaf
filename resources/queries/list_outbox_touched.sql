SELECT DISTINCT coalesce(conversation, 0), forecast IS NULL OR (state = 2 AND seq <= :position) FROM outbox
WHERE state IN (0, 1, 2, 5);
