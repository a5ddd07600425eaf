SELECT message.uri, message.remote_id, message.url, message.parent_uri, message.text, message.content_warning,
    message.language, message.visibility, message.presence, message.moderation, message.mentions, message.kind = 1,
    identity.remote_id, identity.handle, identity.name, thread.uri
FROM message LEFT JOIN identity ON identity.id = message.identity
    LEFT JOIN conversation ON conversation.id = message.conversation
    LEFT JOIN thread ON thread.id = coalesce(message.thread, conversation.thread)
WHERE message.id = :id;
