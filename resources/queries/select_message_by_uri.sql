SELECT id, conversation, kind, text, content_warning, remote_id, presence, moderation, coalesce(rating, 0), edited_at
FROM message WHERE channel = :channel AND uri_key = :uri_key AND uri = :uri;
