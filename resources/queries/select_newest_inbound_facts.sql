SELECT m.id, m.conversation, m.channel, m.kind, m.agent, m.uri, m.text, m.visibility, m.presence, m.moderation,
    m.liked, m.boosted, coalesce(t.is_ours, 0), coalesce(t.uri = m.uri, 0)
FROM message AS m LEFT JOIN conversation AS v ON v.id = m.conversation
LEFT JOIN thread AS t ON t.id = coalesce(m.thread, v.thread)
WHERE m.conversation = :conversation AND m.kind = 0 ORDER BY m.sort_at DESC, m.id DESC LIMIT 1;
