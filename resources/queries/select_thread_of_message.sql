SELECT coalesce(message.thread, conversation.thread)
FROM message LEFT JOIN conversation ON conversation.id = message.conversation
WHERE message.channel = :channel AND message.uri_key = :uri_key AND message.uri = :uri;
