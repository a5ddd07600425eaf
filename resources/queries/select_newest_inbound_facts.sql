SELECT id, conversation, channel, kind, agent, uri, text, visibility, presence, moderation, liked, boosted
FROM message WHERE conversation = :conversation AND kind = 0 ORDER BY sort_at DESC, id DESC LIMIT 1;
