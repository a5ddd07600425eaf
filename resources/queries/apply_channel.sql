INSERT INTO channel (
    id, seq, created_seq, channel, uuid, network, address, name, base_url, account_id, account_handle,
    account_name, login, purpose, team, pull_every, horizon, work_since, created_at, removed_at, paused_by,
    pause_reason, health, health_detail, health_since, health_until, can_reply, can_reply_privately, can_like,
    can_boost, can_hide, can_delete_own, can_ask, has_content_warning, count_rule, max_length, per_url,
    max_media, max_media_bytes, key_lifetime, visibility_delay, can_hide_below_own, max_private_length,
    heard_until, heard_again, is_behind
) VALUES (
    :id, :seq, :created_seq, :channel, :uuid, :network, :address, :name, :base_url, :account_id,
    :account_handle, :account_name, :login, :purpose, :team, :pull_every, :horizon, :work_since, :created_at,
    :removed_at, :paused_by, :pause_reason, :health, :health_detail, :health_since, :health_until, :can_reply,
    :can_reply_privately, :can_like, :can_boost, :can_hide, :can_delete_own, :can_ask, :has_content_warning,
    :count_rule, :max_length, :per_url, :max_media, :max_media_bytes, :key_lifetime, :visibility_delay,
    :can_hide_below_own, :max_private_length, :heard_until, :heard_again, :is_behind
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel, uuid = excluded.uuid,
    network = excluded.network, address = excluded.address, name = excluded.name, base_url = excluded.base_url,
    account_id = excluded.account_id, account_handle = excluded.account_handle,
    account_name = excluded.account_name, login = excluded.login, purpose = excluded.purpose,
    team = excluded.team, pull_every = excluded.pull_every, horizon = excluded.horizon,
    work_since = excluded.work_since, created_at = excluded.created_at, removed_at = excluded.removed_at,
    paused_by = excluded.paused_by, pause_reason = excluded.pause_reason, health = excluded.health,
    health_detail = excluded.health_detail, health_since = excluded.health_since,
    health_until = excluded.health_until, can_reply = excluded.can_reply,
    can_reply_privately = excluded.can_reply_privately, can_like = excluded.can_like,
    can_boost = excluded.can_boost, can_hide = excluded.can_hide, can_delete_own = excluded.can_delete_own,
    can_ask = excluded.can_ask, has_content_warning = excluded.has_content_warning,
    count_rule = excluded.count_rule, max_length = excluded.max_length, per_url = excluded.per_url,
    max_media = excluded.max_media, max_media_bytes = excluded.max_media_bytes,
    key_lifetime = excluded.key_lifetime, visibility_delay = excluded.visibility_delay,
    can_hide_below_own = excluded.can_hide_below_own, max_private_length = excluded.max_private_length,
    heard_until = excluded.heard_until, heard_again = excluded.heard_again, is_behind = excluded.is_behind;
