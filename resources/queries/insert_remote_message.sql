INSERT INTO message (id, seq, created_seq, channel, conversation, thread, kind, identity, uri_key, uri, remote_id, url,
    parent_uri, sort_at, sent_at, arrived_at, edited_at, text, content_warning, language, visibility, presence, moderation,
    rating, mentions)
VALUES (:id, :seq, :seq, :channel, :conversation, :thread, :kind, :identity, :uri_key, :uri, :remote_id, :url,
    :parent_uri, :sort_at, :sent_at, :arrived_at, :edited_at, :text, :content_warning, :language, :visibility, :presence,
    :moderation, :rating, :mentions);
