SELECT c.id, c.removed_at, c.paused_by IS NOT NULL, c.can_reply, c.can_reply_privately, c.can_like, c.can_boost,
    c.can_hide, c.can_delete_own, c.team, coalesce(t.name, ''), c.can_hide_below_own, c.name,
    c.purpose, c.pull_every
FROM channel AS c LEFT JOIN team AS t ON t.id = c.team WHERE c.id = :id;
