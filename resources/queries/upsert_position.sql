INSERT INTO position (channel, mark, walk, last_pull_at, next_pull_at, failures, is_first_done)
VALUES (:channel, :mark, :walk, :at, 0, 0, :is_done)
ON CONFLICT (channel) DO UPDATE SET mark = excluded.mark, walk = excluded.walk, last_pull_at = excluded.last_pull_at,
    failures = 0, is_first_done = is_first_done OR excluded.is_first_done;
