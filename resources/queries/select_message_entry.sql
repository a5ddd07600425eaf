SELECT id, channel, kind, coalesce(conversation, 0), sort_at FROM message WHERE id = :id;
