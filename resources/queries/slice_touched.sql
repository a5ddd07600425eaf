SELECT seq, 0 AS kind, 0 AS channel, 0 AS unit FROM agent WHERE seq > :since
UNION ALL SELECT seq, 0, 0, 0 FROM team WHERE seq > :since
UNION ALL SELECT seq, 0, 0, 0 FROM team_member WHERE seq > :since
UNION ALL SELECT seq, 0, 0, 0 FROM device WHERE seq > :since
UNION ALL SELECT seq, 0, 0, 0 FROM tag WHERE seq > :since
UNION ALL SELECT seq, 0, 0, 0 FROM saved_reply WHERE seq > :since
UNION ALL SELECT seq, 0, 0, 0 FROM macro WHERE seq > :since
UNION ALL SELECT seq, 0, 0, 0 FROM shared_view WHERE seq > :since
UNION ALL SELECT seq, 0, 0, 0 FROM workspace_setting WHERE seq > :since
UNION ALL SELECT seq, CASE WHEN channel IS NULL THEN 0 ELSE 1 END, coalesce(channel, 0), 0 FROM notice
WHERE seq > :since
UNION ALL SELECT seq, 1, id, 0 FROM channel WHERE seq > :since
UNION ALL SELECT seq, 5, coalesce(channel, 0), id FROM contact WHERE seq > :since
UNION ALL SELECT seq, 4, channel, id FROM identity WHERE seq > :since
UNION ALL SELECT seq, 3, channel, id FROM thread WHERE seq > :since
UNION ALL SELECT seq, 2, channel, id FROM conversation WHERE seq > :since
UNION ALL SELECT seq, CASE WHEN conversation IS NULL THEN 3 ELSE 2 END, channel, coalesce(conversation, thread)
FROM message WHERE seq > :since
UNION ALL SELECT x.seq, CASE WHEN m.conversation IS NULL THEN 3 ELSE 2 END, x.channel,
    coalesce(m.conversation, m.thread)
FROM message_version AS x CROSS JOIN message AS m ON m.id = x.message WHERE x.seq > :since
UNION ALL SELECT x.seq, CASE WHEN m.conversation IS NULL THEN 3 ELSE 2 END, x.channel,
    coalesce(m.conversation, m.thread)
FROM media AS x CROSS JOIN message AS m ON m.id = x.message WHERE x.seq > :since
UNION ALL SELECT seq, 2, channel, conversation FROM conversation_tag WHERE seq > :since
UNION ALL SELECT seq, 2, channel, conversation FROM note_mention WHERE seq > :since
UNION ALL SELECT seq, 2, channel, conversation FROM delivery WHERE seq > :since
UNION ALL SELECT seq, CASE WHEN conversation IS NOT NULL THEN 2 WHEN channel IS NULL THEN 0 ELSE 1 END,
    coalesce(channel, 0), coalesce(conversation, 0)
FROM journal WHERE seq > :since;
