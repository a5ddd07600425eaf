SELECT max(reply.created_seq)
FROM delivery
CROSS JOIN message AS target ON target.id = delivery.target
CROSS JOIN channel
CROSS JOIN message AS twin ON twin.channel = channel.id AND twin.uri_key = target.uri_key AND twin.uri = target.uri
CROSS JOIN message AS reply ON reply.conversation = twin.conversation AND reply.kind = 1 AND reply.agent IS NULL
WHERE delivery.id = :delivery AND target.uri <> '' AND channel.id <> target.channel;
