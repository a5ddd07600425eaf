INSERT INTO slice.conversation_tag SELECT x.* FROM slice.conversation AS c
CROSS JOIN main.conversation_tag AS x ON x.conversation = c.id WHERE x.channel = :channel;
