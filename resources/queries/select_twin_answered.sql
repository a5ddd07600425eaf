-- A replica that is still coming has no index of addresses: nothing is said of them then.
SELECT max(reply.created_seq)
FROM message AS target
CROSS JOIN channel
CROSS JOIN message AS twin ON twin.channel = channel.id AND twin.uri_key = target.uri_key AND twin.uri = target.uri
CROSS JOIN message AS reply ON reply.conversation = twin.conversation AND reply.kind = 1
LEFT JOIN delivery ON delivery.message = reply.id AND delivery.effect = 0
WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'message_uri')
    AND target.id = :message AND target.uri <> '' AND channel.id <> target.channel
    AND (delivery.id IS NULL OR delivery.state NOT IN (7, 9));
