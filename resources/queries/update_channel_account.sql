UPDATE channel SET seq = :seq, account_id = :account_id, account_handle = :account_handle, account_name = :account_name,
    base_url = :base_url, can_reply = :can_reply, can_reply_privately = :can_reply_privately, can_like = :can_like,
    can_boost = :can_boost, can_hide = :can_hide, can_delete_own = :can_delete_own, can_ask = :can_ask,
    has_content_warning = :has_content_warning, count_rule = :count_rule, max_length = :max_length, per_url = :per_url,
    max_media = :max_media, max_media_bytes = :max_media_bytes, key_lifetime = :key_lifetime,
    visibility_delay = :visibility_delay, can_hide_below_own = :can_hide_below_own,
    max_private_length = :max_private_length
WHERE id = :id;
