CREATE TABLE slice.channel (
    id INTEGER PRIMARY KEY, seq, created_seq, channel, uuid, network, address, name, base_url, account_id,
    account_handle, account_name, login, purpose, team, pull_every, horizon, work_since, created_at,
    removed_at, paused_by, pause_reason, health, health_detail, health_since, health_until, can_reply,
    can_reply_privately, can_like, can_boost, can_hide, can_delete_own, can_ask, has_content_warning,
    count_rule, max_length, per_url, max_media, max_media_bytes, key_lifetime, visibility_delay,
    can_hide_below_own, max_private_length, heard_until, heard_again, is_behind
);
