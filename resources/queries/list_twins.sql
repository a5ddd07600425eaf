-- A replica that is still coming has no index of addresses: nothing is said of them then.
-- sorts: at most one row a channel, of one message
SELECT twin.conversation, conversation.number, channel.id, channel.name,
    EXISTS (SELECT 1 FROM message AS reply LEFT JOIN delivery ON delivery.message = reply.id AND delivery.effect = 0
        WHERE reply.conversation = twin.conversation AND reply.kind = 1
            AND (delivery.id IS NULL OR delivery.state NOT IN (7, 9)))
FROM message AS target
CROSS JOIN channel
CROSS JOIN message AS twin ON twin.channel = channel.id AND twin.uri_key = target.uri_key AND twin.uri = target.uri
CROSS JOIN conversation ON conversation.id = twin.conversation
WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'message_uri')
    AND target.id = :message AND target.uri <> '' AND channel.id <> target.channel
ORDER BY conversation.number;
