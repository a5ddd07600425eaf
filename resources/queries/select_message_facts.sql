SELECT id, conversation, channel, kind, agent, uri, text, visibility, presence, moderation, liked, boosted
FROM message WHERE id = :id;
