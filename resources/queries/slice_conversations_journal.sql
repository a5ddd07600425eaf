INSERT INTO slice.journal SELECT x.* FROM slice.conversation AS c
CROSS JOIN main.journal AS x ON x.conversation = c.id WHERE x.channel = :channel;
