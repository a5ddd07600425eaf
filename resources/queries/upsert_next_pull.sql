INSERT INTO position (channel, mark, walk, last_pull_at, next_pull_at, failures, is_first_done)
VALUES (:channel, '', '', CASE WHEN :failed THEN 0 ELSE :at END, :next, :failed, 0)
ON CONFLICT (channel) DO UPDATE SET next_pull_at = excluded.next_pull_at,
    failures = CASE WHEN :failed THEN failures + 1 ELSE 0 END,
    last_pull_at = CASE WHEN :failed THEN last_pull_at ELSE :at END;
