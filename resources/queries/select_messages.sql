SELECT m.id, m.conversation, m.channel, m.kind, m.identity,
    CASE WHEN i.name <> '' THEN i.name ELSE coalesce(i.handle, '') END, coalesce(i.handle, ''), coalesce(i.url, ''),
    m.agent, coalesce(a.name, ''), m.uri, m.remote_id, m.url, m.parent_uri, m.sort_at, m.sent_at, m.arrived_at, m.edited_at,
    m.text, m.content_warning, m.language, m.visibility, m.presence, m.moderation, m.rating, m.mentions, m.liked,
    m.boosted, m.created_seq
FROM message AS m
LEFT JOIN identity AS i ON i.id = m.identity
LEFT JOIN agent AS a ON a.id = m.agent
WHERE m.conversation = :conversation AND (m.sort_at, m.id) < (:at, :id)
ORDER BY m.sort_at DESC, m.id DESC LIMIT :limit;
