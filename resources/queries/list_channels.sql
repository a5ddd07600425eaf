SELECT c.id, c.network, c.address, c.name, c.base_url, c.account_id, c.account_handle, c.account_name, c.login, c.purpose,
    c.pull_every, c.horizon, c.work_since, c.removed_at, c.paused_by, c.pause_reason, c.health, c.health_detail,
    c.health_since, c.health_until, c.can_reply, c.can_reply_privately, c.can_like, c.can_boost, c.can_hide,
    c.can_delete_own, c.can_ask, c.has_content_warning, c.count_rule, c.max_length, c.per_url, c.max_media,
    c.max_media_bytes, c.key_lifetime, c.visibility_delay, coalesce(p.last_pull_at, 0), coalesce(p.next_pull_at, 0),
    c.team, c.can_hide_below_own, c.max_private_length,
    coalesce(p.limit_left, -1), coalesce(p.limit_reset_at, 0), c.heard_until, c.heard_again, c.is_behind
FROM channel AS c LEFT JOIN position AS p ON p.channel = c.id
WHERE :with_removed OR c.removed_at = 0
ORDER BY c.name COLLATE NOCASE, c.id;
