SELECT id, removed_at, paused_by IS NOT NULL, can_reply, can_reply_privately, can_like, can_boost, can_hide, can_delete_own
FROM channel WHERE id = :id;
