INSERT OR FAIL INTO message (
    id, seq, created_seq, channel, conversation, thread, kind, identity, agent, uuid, uri_key, uri, remote_id,
    url, parent_uri, sort_at, sent_at, arrived_at, edited_at, text, content_warning, language, visibility,
    presence, moderation, rating, mentions, liked, boosted
) SELECT
    id, seq, created_seq, channel, conversation, thread, kind, identity, agent, uuid, uri_key, uri, remote_id,
    url, parent_uri, sort_at, sent_at, arrived_at, edited_at, text, content_warning, language, visibility,
    presence, moderation, rating, mentions, liked, boosted
FROM given(:rows);
