INSERT INTO position (
    channel, mark, walk, last_pull_at, next_pull_at, failures, is_first_done, limit_left, limit_reset_at
) VALUES (
    :channel, '', '', CASE WHEN :failed THEN 0 ELSE :at END, :next, :failed, 0, :limit_left, :limit_reset_at
)
ON CONFLICT (channel) DO UPDATE SET next_pull_at = excluded.next_pull_at,
    failures = CASE WHEN :failed THEN failures + 1 ELSE 0 END,
    last_pull_at = CASE WHEN :failed THEN last_pull_at ELSE :at END,
    limit_left = excluded.limit_left, limit_reset_at = excluded.limit_reset_at;
