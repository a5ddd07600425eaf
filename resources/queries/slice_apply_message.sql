INSERT INTO message (
    id, seq, created_seq, channel, conversation, thread, kind, identity, agent, uuid, uri_key, uri, remote_id,
    url, parent_uri, sort_at, sent_at, arrived_at, edited_at, text, content_warning, language, visibility,
    presence, moderation, rating, mentions, liked, boosted
) VALUES (
    :id, :seq, :created_seq, :channel, :conversation, :thread, :kind, :identity, :agent, :uuid, :uri_key, :uri,
    :remote_id, :url, :parent_uri, :sort_at, :sent_at, :arrived_at, :edited_at, :text, :content_warning,
    :language, :visibility, :presence, :moderation, :rating, :mentions, :liked, :boosted
) ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, created_seq = excluded.created_seq, channel = excluded.channel,
    conversation = excluded.conversation, thread = excluded.thread, kind = excluded.kind,
    identity = excluded.identity, agent = excluded.agent, uuid = excluded.uuid, uri_key = excluded.uri_key,
    uri = excluded.uri, remote_id = excluded.remote_id, url = excluded.url, parent_uri = excluded.parent_uri,
    sort_at = excluded.sort_at, sent_at = excluded.sent_at, arrived_at = excluded.arrived_at,
    edited_at = excluded.edited_at, text = excluded.text, content_warning = excluded.content_warning,
    language = excluded.language, visibility = excluded.visibility, presence = excluded.presence,
    moderation = excluded.moderation, rating = excluded.rating, mentions = excluded.mentions,
    liked = excluded.liked, boosted = excluded.boosted
WHERE excluded.seq > message.seq - :again;
