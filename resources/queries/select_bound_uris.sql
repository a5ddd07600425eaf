SELECT message.uri FROM message
WHERE message.id > (SELECT max(id) - 2000 FROM message) AND +message.channel = :channel AND message.kind = 1
    AND message.uri <> '';
